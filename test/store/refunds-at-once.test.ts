import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { connect, type Sql } from '../../store/connection.ts'
import { beginRefund, recordRefund } from '../../store/commands/refund.ts'
import { refundBill } from '../../store/commands/refund-bill.ts'
import { readInvariants } from '../../store/invariants/read-invariants.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { violations } from '../support/violations.ts'
import { atOnce, capture, describeStore, type Institution, NOW, open, openStore, refusals, type Store, wins } from './support.ts'

const PAYMENTS = 500
const CONNECTIONS = 24

/** Every payment is asked back twice at the same moment, over many connections: each goes back once. */
describeStore(`${PAYMENTS} payments, each refunded twice at once`, () => {
  let store: Store
  let pool: Sql
  let town: Institution
  const bills: string[] = []

  beforeAll(async () => {
    store = await openStore()
    pool = connect(store.url, { role: 'goji_app', max: CONNECTIONS, name: 'goji-test-pool' })
    town = await store.institution()
    await inParallel(PAYMENTS, async () => {
      const billId = await town.issued()
      await capture(store, await open(store, [billId]))
      bills.push(billId)
    })
  }, 120_000)
  afterAll(async () => {
    await pool.end()
    await store.close()
  })

  /** As many at a time as there are connections. */
  async function inParallel(times: number, work: (index: number) => Promise<void>): Promise<void> {
    let next = 0
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        while (next < times) await work(next++)
      }),
    )
  }
  const refund = (billId: string): Promise<string[]> => {
    const money = { minor: 10_000n, currency: 'KRW' } as const
    const order = { billId, expected: money, note: 'twice', cancelCharge: false, actor: 'key:test' }
    return transaction(pool, async (tx) => (await refundBill(tx, order, NOW)).refundIds)
  }

  it(`give exactly ${PAYMENTS} refunds and ${PAYMENTS} refusals, and books in which everything adds up at every moment`, async () => {
    let over = false
    const watched: string[] = []
    const watching = (async () => {
      // The books are looked at while it happens: what must always hold holds in the middle too.
      do watched.push(...(await readInvariants(store.sql)).flatMap(({ name, violations: found }) => (found === 0 ? [] : [name])))
      while (!over)
    })()
    const asked = await atOnce(2 * PAYMENTS, (index) => refund(bills[index % PAYMENTS] ?? ''))
    expect(wins(asked)).toBe(PAYMENTS)
    expect(refusals(asked)).toEqual(Array.from({ length: PAYMENTS }, () => 'refundable_differs'))

    const ids = asked.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
    expect(new Set(ids).size).toBe(PAYMENTS)
    // The gateway's answer is recorded twice at once too, as by an activity that timed out and its next attempt.
    const sent = await atOnce(2 * PAYMENTS, async (index) => {
      const id = ids[index % PAYMENTS] ?? ''
      await transaction(pool, (tx) => beginRefund(tx, id, NOW))
      await transaction(pool, (tx) => recordRefund(tx, id, { status: 'succeeded', reference: `r-${id}`, refundedAt: NOW }, NOW))
    })
    over = true
    await watching
    expect(refusals(sent)).toEqual([])
    expect(watched).toEqual([])

    const [sums] = await store.sql`
      select (select count(*) from refunds)::int as refunds, (select count(*) from refunds where state = 'succeeded')::int as made,
        (select sum(amount_minor) from refunds)::bigint as back, (select count(*) from bills where status = 'issued' and refunded_minor = 10000)::int as reopened,
        (select sum(case side when 'debit' then amount_minor else -amount_minor end) from ledger_entries)::bigint as ledger,
        (select coalesce(sum(case side when 'debit' then amount_minor else -amount_minor end), 0) from ledger_entries where account = 'payable')::bigint as payable`
    expect(sums).toEqual({
      refunds: PAYMENTS,
      made: PAYMENTS,
      back: BigInt(PAYMENTS) * 10_000n,
      reopened: PAYMENTS,
      ledger: 0n,
      payable: 0n,
    })
    expect(await violations(store.url)).toEqual([])
  }, 240_000)
})
