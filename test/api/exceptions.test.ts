import { beforeAll, describe, expect, it } from '@jest/globals'
import { camtFile, party } from '../formats/camt-files.ts'
import { bookStatement, receiveBank } from '../support/bank.ts'
import { describeIf } from '../support/skip.ts'
import type { Body } from './client.ts'
import { issue } from './live.ts'
import { missing, openWorld } from './open-world.ts'
import type { Tenant } from './world.ts'

interface Exception extends Body {
  readonly line: {
    readonly id: string
    readonly state: string
    readonly returnReference: string | null
    readonly amount: { readonly amount: string }
  }
  readonly suggestions: readonly { readonly bill: string; readonly agrees: readonly string[] }[]
  readonly outcome: string | null
}

describeIf(missing === null, missing ?? '')('exceptions over the API', () => {
  const world = openWorld()
  let city: Tenant
  beforeAll(async () => {
    city = await world().tenant('exc-city')
  })
  let count = 0

  /** Money that came into the bank, or went out, under words that say nothing; answers its exception. */
  async function money(amount: string, more: { sign?: 'CRDT' | 'DBIT'; text?: string; payer?: string } = {}): Promise<Exception> {
    count += 1
    const { sign = 'CRDT', text = 'hello', payer = 'Nobody Known' } = more
    const details = `<TxDtls>${party(payer, 'DE02120300000000202051')}<RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls>`
    const statement = { id: `exc-${count}`, account: `EXC${count}`, currency: 'KRW', entries: [{ amount, currency: 'KRW', sign, details }] }
    const { root, clock } = world()
    const { statementId } = await receiveBank(root.sql, camtFile({ statements: [statement] }), clock.at)
    await bookStatement(root.sql, statementId, clock.at)
    const [row] = await root.sql<{ id: string }[]>`
      select e.id from exceptions e join statement_lines l on l.id = e.line_id where l.statement_id = ${statementId}`
    return row === undefined ? ({} as Exception) : get(row.id)
  }
  const get = async (id: string): Promise<Exception> =>
    (await world().get(`/v1/exceptions/${id}`, { key: world().operator })).body as Exception
  const act = (id: string, action: string, body?: unknown, key = world().operator) =>
    world().post(`/v1/exceptions/${id}/${action}`, { key, body })
  const suspense = async (): Promise<bigint> =>
    (
      await world().root.sql<{ minor: bigint }[]>`
        select coalesce(sum(case side when 'credit' then amount_minor else -amount_minor end), 0)::bigint as minor from ledger_entries where account = 'suspense'`
    )[0]?.minor ?? 0n

  it('lists what somebody has to look at, with its reason, age and owner, the oldest first', async () => {
    const first = await money('1001')
    world().clock.at += 3 * 86_400_000
    const second = await money('1002')
    const list = async (query: string): Promise<string[]> =>
      (await world().get(`/v1/exceptions${query}`, { key: world().operator })).body.data.map(({ id }) => id)
    expect(first).toMatchObject({ kind: 'line', reason: 'referenceUnknown', owner: 'operations', closedAt: null, ageSeconds: 0 })
    expect(await list('')).toEqual([first.id, second.id])
    expect(await get(first.id)).toMatchObject({ ageSeconds: 3 * 86_400 })
    expect(await list('?olderThan=P2D')).toEqual([first.id])
    expect(await list('?kind=settlementLate')).toEqual([])
    expect(await list('?open=false')).toEqual([])
    await act(second.id, 'assign', { owner: 'Kim of payments' })
    expect(await list('?owner=Kim%20of%20payments')).toEqual([second.id])
    const page = await world().get('/v1/exceptions?limit=1', { key: world().operator })
    expect(await list(`?limit=1&cursor=${page.body.nextCursor ?? ''}`)).toEqual([second.id])
    expect((await world().get('/v1/exceptions', { key: city.key })).body.data).toEqual([])
    expect(await world().get(`/v1/exceptions/${first.id}`, { key: city.key })).toMatchObject({ status: 404 })
  })

  it('suggests bills by reference, amount and payer, and gives the money to the one that a person names', async () => {
    const bill = await world().bill(city, { billNumber: 'EXC-2026-77', amount: { amount: '4321', currency: 'KRW' } })
    const held = await suspense()
    const exception = await money('4321', { text: 'no number' })
    expect(await suspense()).toBe(held + 4321n)
    await issue(world(), bill.id)
    const read = await get(exception.id)
    expect(read.suggestions).toMatchObject([{ bill: bill.id, agrees: ['amount'] }])
    const matched = await act(exception.id, 'match', { billId: bill.id })
    expect(matched).toMatchObject({ status: 200, body: { outcome: 'matched', line: { state: 'posted' } } })
    expect(await suspense()).toBe(held)
    expect((await world().get(`/v1/bills/${bill.id}`, { key: city.key })).body.status).toBe('settled')
    expect(await act(exception.id, 'match', { billId: bill.id })).toMatchObject({ status: 409, body: { code: 'exception_closed' } })
    const log = await world().root.sql<
      { action: string; actor: string }[]
    >`select action, actor from log where subject = ${`exception:${exception.id}`} order by seq`
    expect([...log]).toEqual([{ action: 'matched', actor: expect.stringMatching(/^key:/) }])
  })

  it('sends money back, and ends when the bank shows the transfer', async () => {
    const held = await suspense()
    const exception = await money('777')
    const decided = await act(exception.id, 'refund')
    const { line } = decided.body as Exception
    expect(decided).toMatchObject({ status: 200, body: { reason: 'toSendBack', closedAt: null, line: { state: 'returning' } } })
    expect(await suspense()).toBe(held)
    expect(await act(exception.id, 'refund')).toMatchObject({ status: 409, body: { code: 'line_does_not_fit' } })
    await money('777', { sign: 'DBIT', text: `BACK ${line.returnReference ?? ''}` })
    expect(await get(exception.id)).toMatchObject({ outcome: 'returned', line: { state: 'returned' } })
    expect(await suspense()).toBe(held)
  })

  it('puts one away with a reason', async () => {
    const exception = await money('5', { sign: 'DBIT', text: 'charges' })
    expect(exception).toMatchObject({ reason: 'debitUnknown', line: { amount: { amount: '-5' } } })
    expect(await act(exception.id, 'dismiss', { reason: 'Charges of November' })).toMatchObject({
      status: 200,
      body: { outcome: 'dismissed', note: 'Charges of November', line: { state: 'dismissed' } },
    })
  })

  describe('refuses', () => {
    it.each([
      ['a match of nothing', 'match', {}, 422],
      ['a match of two things', 'match', { billId: `bill_${'0'.repeat(26)}`, paymentId: `pay_${'0'.repeat(26)}` }, 422],
      ['a bill that is not there', 'match', { billId: `bill_${'0'.repeat(26)}` }, 404],
      ['a payment, for money in the bank', 'match', { paymentId: `pay_${'0'.repeat(26)}` }, 409],
      ['no reason', 'dismiss', { reason: ' ' }, 422],
      ['an owner with a line end', 'assign', { owner: 'a\nb' }, 422],
      ['what is not known', 'assign', { owner: 'a', more: 1 }, 422],
    ])('%s', async (_what, action, body, status) => {
      expect(await act((await money('12')).id, action, body)).toMatchObject({ status })
    })

    it('a bill that is closed, and somebody who is not of the platform', async () => {
      const exception = await money('13')
      const bill = await world().bill(city, { billNumber: 'EXC-2026-78' })
      expect(await act(exception.id, 'match', { billId: bill.id })).toMatchObject({ status: 409, body: { code: 'line_does_not_fit' } })
      expect((await act(exception.id, 'dismiss', { reason: 'x' }, city.key)).status).toBe(403)
    })
  })

  it.each([
    [{ paidAt: '2026-03-02T00:00:00Z' }, 422],
    [{ method: 'card' }, 422],
    [{ paidAt: 'yesterday', method: 'card' }, 422],
    [{ paidAt: '2026-03-02', method: 'card' }, 422],
    [{ paidAt: 1, method: 'card' }, 422],
    [{ paidAt: '9999-01-01T00:00:00Z', method: 'card' }, 422],
    [{ paidAt: '2026-03-02T00:00:00Z', method: 'shells' }, 422],
    [{ paidAt: '2026-03-02T00:00:00Z', method: null }, 422],
  ])('refuses to give money to a bill with %j', async (more, status) => {
    const { id } = await money('777')
    const { id: billId } = await world().bill(city)
    expect((await act(id, 'match', { billId, ...more })).status).toBe(status)
    expect(await get(id)).toMatchObject({ outcome: null })
    expect((await act(id, 'dismiss', { reason: 'x' })).status).toBe(200)
  })
})
