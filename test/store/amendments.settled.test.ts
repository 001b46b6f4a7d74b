import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { amendBill } from '../../store/commands/amend-bill.ts'
import { postLine } from '../../store/commands/post-line.ts'
import { linesToPost } from '../../store/statements/lines-to-post.ts'
import { receiveStatement } from '../../store/statements/receive-statement.ts'
import { eventually } from '../support/eventually.ts'
import { capture, DAY, describeStore, HOUR, type Institution, NOW, one, open, openStore, type Store } from './support.ts'

const won = (minor: bigint) => ({ minor, currency: 'KRW' as const })

describeStore('a payment of which an amendment has made a part too much', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution({ onExcess: 'hold', reminders: [] })
  })
  afterAll(() => store.close())

  const bill = (billId: string) => one(store.sql, 'bills', billId)
  const amend = (billId: string, minor: bigint, now: number, andThen: () => Promise<void> = () => Promise.resolve()) =>
    store.run(async (tx) => {
      await amendBill(tx, { billId, amount: won(minor), reason: 'too much', actor: 'key:first' }, now)
      await andThen()
    })
  /** A bill over 10,000 won of which 8,000 are paid, and the line of the gateway's file that settles them with a fee of 80. */
  async function partlyPaid(): Promise<{ billId: string; lineId: string }> {
    const billId = await town.issued()
    const checkoutId = await open(store, [billId])
    await capture(store, checkoutId, 8_000n)
    const [name, lineReference] = [randomUUID(), randomUUID()]
    const amounts = { gross: won(8_000n), fee: won(80n), net: won(7_920n) }
    const line = { lineReference, kind: 'payment' as const, reference: `ref-${checkoutId}`, settledAt: NOW + DAY, ...amounts }
    const file = { name, lines: [line] }
    const received = await store.run((tx) => receiveStatement(tx, { gateway: 'gate', file, content: name, actor: 'engine' }, NOW + DAY))
    const [lineId = ''] = await linesToPost(store.sql, received.statementId, 10)
    return { billId, lineId }
  }
  const post = (lineId: string) => store.run((tx) => postLine(tx, lineId, NOW + DAY))

  it('settles the bill with what is left of it, and with that part of its fee', async () => {
    const { billId, lineId } = await partlyPaid()
    await amend(billId, 2_000n, NOW + HOUR)
    await post(lineId)
    expect(await bill(billId)).toMatchObject({ status: 'settled', paid_minor: 2_000n, settled_minor: 2_000n, fees_minor: 20n })
  })

  it('leaves a settled part of it in the bank, and its fee with the bill that bore it', async () => {
    const { billId, lineId } = await partlyPaid()
    await post(lineId)
    expect(await bill(billId)).toMatchObject({ status: 'issued', settled_minor: 8_000n })
    await amend(billId, 2_000n, NOW + 2 * DAY)
    expect(await bill(billId)).toMatchObject({ status: 'settled', paid_minor: 2_000n, settled_minor: 2_000n, fees_minor: 80n })
  })

  it('is settled as it is then, where its file comes at the same moment', async () => {
    const { billId, lineId } = await partlyPaid()
    let reach: () => void = () => undefined
    let release: () => void = () => undefined
    const reached = new Promise<void>((resolve) => (reach = resolve))
    const released = new Promise<void>((resolve) => (release = resolve))
    const amended = amend(billId, 2_000n, NOW + HOUR, () => {
      reach()
      return released
    })
    await reached
    // It has read the bill's part as it was, and waits for the bill.
    const posted = post(lineId)
    await eventually('the line waits for the bill', async () => {
      const [waiting] = await store.admin`
        select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      return waiting
    })
    release()
    await Promise.all([amended, posted])
    expect(await bill(billId)).toMatchObject({ status: 'settled', paid_minor: 2_000n, settled_minor: 2_000n, fees_minor: 20n })
  })
})
