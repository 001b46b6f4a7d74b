import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { money } from '../../domain/money.ts'
import type { SettlementLine } from '../../domain/ports/gateway.ts'
import { receiveStatement } from '../../store/statements/receive-statement.ts'
import { bookStatement } from '../support/bank.ts'
import { capture, DAY, describeStore, NOW, one, open, openStore, type Store } from './support.ts'

describeStore('a gateway’s file that revises an earlier one', () => {
  let store: Store
  beforeAll(async () => {
    store = await openStore()
  })
  afterAll(() => store.close())

  const line = (lineReference: string, reference: string, gross: bigint, fee = 0n): SettlementLine => ({
    lineReference,
    kind: 'payment',
    reference,
    settledAt: NOW + DAY,
    gross: money(gross, 'KRW'),
    fee: money(fee, 'KRW'),
    net: money(gross - fee, 'KRW'),
  })
  const receive = async (name: string, lines: readonly SettlementLine[], revises?: string): Promise<string> => {
    const file = { name, lines, ...(revises === undefined ? {} : { revises }) }
    return (await store.run((tx) => receiveStatement(tx, { gateway: 'gate', file, content: name, actor: 'engine' }, NOW + DAY))).statementId
  }
  const book = (statementId: string) => bookStatement(store.sql, statementId, NOW + DAY)
  const statesOf = async (statementId: string): Promise<string[]> =>
    (await store.sql<{ state: string }[]>`select state from statement_lines where statement_id = ${statementId} order by seq`).map(
      ({ state }) => state,
    )
  async function payment(): Promise<string> {
    const town = await store.institution()
    const checkoutId = await open(store, [await town.issued()])
    await capture(store, checkoutId)
    return `ref-${checkoutId}`
  }

  it('replaces what nobody has booked, and an exception among it ends', async () => {
    const [name, reference, kept, wrong, gone] = [randomUUID(), await payment(), randomUUID(), randomUUID(), randomUUID()]
    const first = await receive(name, [
      line(kept, reference, 10_000n, 100n),
      line(wrong, 'nobody knows it', 500n),
      line(gone, 'nor this', 700n),
    ])
    await book(first)
    expect(await statesOf(first)).toEqual(['posted', 'exception', 'exception'])
    const other = await payment()
    const second = await receive(`${name}-2`, [line(kept, reference, 10_000n, 100n), line(wrong, other, 10_000n)], name)
    await book(second)
    expect(await statesOf(first)).toEqual(['posted', 'superseded', 'superseded'])
    expect(await statesOf(second)).toEqual(['posted'])
    const exceptions =
      await store.sql`select outcome from exceptions where line_id in (select id from statement_lines where statement_id = ${first})`
    expect([...exceptions]).toEqual([{ outcome: 'superseded' }, { outcome: 'superseded' }])
    // The payout is the revision's sum alone.
    expect(await one(store.sql, 'statements', first)).toMatchObject({ net_minor: null })
    expect(await one(store.sql, 'statements', second)).toMatchObject({ net_minor: 19_900n, revises: first })
  })

  it('leaves what is booked, and where it says otherwise somebody has to look', async () => {
    const [name, changed, gone] = [randomUUID(), randomUUID(), randomUUID()]
    const references = [await payment(), await payment()]
    const first = await receive(name, [line(changed, references[0] ?? '', 10_000n, 100n), line(gone, references[1] ?? '', 10_000n)])
    await book(first)
    await book(await receive(`${name}-2`, [line(changed, references[0] ?? '', 10_000n, 300n)], name))
    expect(await statesOf(first)).toEqual(['posted', 'posted'])
    const found = await store.sql`
      select e.kind, e.reason from exceptions e join statement_lines l on l.id = e.line_id where l.statement_id = ${first} order by l.seq`
    expect([...found]).toEqual([
      { kind: 'lineRevised', reason: 'changedAfterBooking' },
      { kind: 'lineRevised', reason: 'goneFromRevision' },
    ])
  })
})
