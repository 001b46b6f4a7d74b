import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { awaitPayout, beginRefund } from '../../store/commands/refund.ts'
import { camtFile, type EntrySpec, party } from '../formats/camt-files.ts'
import { bookStatement, receiveBank, TRANSFERS } from '../support/bank.ts'
import { capture, citizen, DAY, describeStore, type Institution, NOW, one, open, openStore, type Store } from './support.ts'

const IBAN = 'DE02120300000000202051'
const details = (refs: string, rest = ''): string => `<TxDtls><Refs>${refs}</Refs>${party('Kim', IBAN)}${rest}</TxDtls>`

describeStore('money that leaves the account again', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution()
  })
  afterAll(() => store.close())

  async function book(
    entry: EntrySpec,
  ): Promise<{ id: string; state: string; rule: string | null; reason: string | null; payment_id: string | null }> {
    const entries = [{ amount: '10000', currency: 'KRW', ...entry }]
    const xml = camtFile({ statements: [{ id: randomUUID(), account: randomUUID(), currency: 'KRW', entries }] })
    const { statementId } = await receiveBank(store.sql, xml, NOW + DAY)
    await bookStatement(store.sql, statementId, NOW + DAY)
    const [line] = await store.sql`select id, state, rule, reason, payment_id from statement_lines where statement_id = ${statementId}`
    return line as Awaited<ReturnType<typeof book>>
  }
  const balance = async (account: string): Promise<bigint> =>
    (
      await store.sql<{ minor: bigint }[]>`
        select coalesce(sum(case side when 'debit' then amount_minor else -amount_minor end), 0)::bigint as minor from ledger_entries where account = ${account}`
    )[0]?.minor ?? 0n

  it('a transfer that the bank takes back is owed again by its bill', async () => {
    const billNumber = `R-${randomUUID().slice(0, 12)}9`
    const billId = await town.issued({ billNumber })
    const [bank, endToEnd] = [await balance('bank'), randomUUID()]
    const refs = `<EndToEndId>${endToEnd}</EndToEndId>`
    const paid = await book({ details: details(refs, `<RmtInf><Ustrd>${billNumber}</Ustrd></RmtInf>`) })
    expect(paid).toMatchObject({ state: 'posted', rule: 'reference' })
    expect(await balance('bank')).toBe(bank + 10_000n)
    const back = await book({ sign: 'DBIT', reversal: true, details: details(refs, '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>') })
    expect(back).toMatchObject({ state: 'posted', rule: 'returned' })
    expect(await balance('bank')).toBe(bank)
    expect(await one(store.sql, 'payments', paid.payment_id ?? '')).toMatchObject({ state: 'returned' })
    expect(await one(store.sql, 'bills', billId)).toMatchObject({
      status: 'issued',
      paid_minor: 10_000n,
      refunded_minor: 10_000n,
      settled_minor: 0n,
    })
  })

  it('so is one that paid a page of several bills', async () => {
    const who = citizen(randomUUID())
    const bills = [await town.issued({ citizen: who }), await town.issued({ citizen: who })]
    const checkoutId = await open(store, bills)
    const reference = `RF18${String(Math.floor(Math.random() * 1e15)).padStart(16, '5')}`
    await store.sql`update checkouts set gateway = ${TRANSFERS}, session_reference = ${reference} where id = ${checkoutId}`
    const refs = `<EndToEndId>${reference}</EndToEndId>`
    const before = [await balance('bank'), await balance('gatewayClearing')]
    expect(await book({ amount: '20000', details: details(refs) })).toMatchObject({ state: 'posted' })
    expect(await book({ amount: '20000', sign: 'DBIT', details: details(refs) })).toMatchObject({ state: 'posted', rule: 'returned' })
    expect([await balance('bank'), await balance('gatewayClearing')]).toEqual(before)
    for (const bill of bills) expect(await one(store.sql, 'bills', bill)).toMatchObject({ status: 'issued', settled_minor: 0n })
  })

  it('a second payment goes back to the account it came from, and the statement says when it is done', async () => {
    const billNumber = `T-${randomUUID().slice(0, 12)}9`
    const billId = await town.issued({ billNumber })
    await capture(store, await open(store, [billId]))
    const bank = await balance('bank')
    await book({ details: details('<EndToEndId>NOTPROVIDED</EndToEndId>', `<RmtInf><Ustrd>${billNumber}</Ustrd></RmtInf>`) })
    const [refund] = await store.sql<
      { id: string; reason: string; state: string }[]
    >`select id, reason, state from refunds where bill_id = ${billId}`
    const refundId = refund?.id ?? ''
    expect(refund).toMatchObject({ reason: 'paidTwice', state: 'requested' })
    const begun = await store.run((tx) => beginRefund(tx, refundId, NOW + DAY))
    expect(begun.account).toEqual({ bank: 'as paid', number: IBAN, holder: 'Kim' })
    await store.run((tx) => awaitPayout(tx, refundId, NOW + DAY))
    const out = await book({ sign: 'DBIT', details: details(`<EndToEndId>${refundId.replace('_', '').toUpperCase()}</EndToEndId>`) })
    expect(out).toMatchObject({ state: 'posted', rule: 'refund' })
    expect(await one(store.sql, 'refunds', refundId)).toMatchObject({ state: 'succeeded', from_bank: true })
    expect(await balance('bank')).toBe(bank)
    // Where it went is nobody's business any more.
    expect(await store.sql`select 1 from refund_accounts where refund_id = ${refundId}`).toHaveLength(0)
  })

  it('a debit of the same amount under another reference is not taken for a return', async () => {
    const billNumber = `N-${randomUUID().slice(0, 12)}9`
    const billId = await town.issued({ billNumber })
    await book({ details: details(`<EndToEndId>${randomUUID()}</EndToEndId>`, `<RmtInf><Ustrd>${billNumber}</Ustrd></RmtInf>`) })
    expect(await book({ sign: 'DBIT', details: details(`<EndToEndId>${randomUUID()}</EndToEndId>`) })).toMatchObject({
      state: 'exception',
      reason: 'debitUnknown',
    })
    expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'settled' })
  })
})
