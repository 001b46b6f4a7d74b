import { beforeAll, expect, it } from '@jest/globals'
import { postLine } from '../../store/commands/post-line.ts'
import { finishStatement } from '../../store/statements/finish-statement.ts'
import { linesToPost } from '../../store/statements/lines-to-post.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { describeIf } from '../support/skip.ts'
import { issue } from './live.ts'
import { missing, openWorld } from './open-world.ts'
import type { Tenant } from './world.ts'

describeIf(missing === null, missing ?? '')('statements and reports over the API', () => {
  const world = openWorld()
  let city: Tenant

  beforeAll(async () => {
    city = await world().tenant('city')
  })

  const file = (name: string, reference = 'unknown'): string =>
    JSON.stringify({ name, lines: [{ line: `${name}-1`, kind: 'payment', reference, gross: '128500', fee: '1285', net: '127215' }] })
  /** Books a statement as its run would. */
  const book = async (statementId: string): Promise<void> => {
    for (const line of await linesToPost(world().root.sql, statementId, 100))
      await transaction(world().root.sql, (tx) => postLine(tx, line, world().clock.at))
    await transaction(world().root.sql, (tx) => finishStatement(tx, statementId, world().clock.at))
  }

  it('takes a file as JSON and as text, once, and starts booking it', async () => {
    const content = file('day-1')
    const first = await world().post('/v1/statements', { key: world().operator, body: { gateway: 'test', content } })
    expect(first).toMatchObject({
      status: 202,
      body: { gateway: 'test', name: 'day-1', state: 'received', lines: 1, posted: 0, exceptions: 0 },
    })
    const text = await world().post('/v1/statements?gateway=test', {
      key: world().operator,
      body: content,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    })
    expect(text).toMatchObject({ status: 202, body: { id: first.body.id } })
    expect(world().engine.posted).toEqual([first.body.id, first.body.id])
    await book(first.body.id)
    const read = await world().get(`/v1/statements/${first.body.id}`, { key: world().operator })
    expect(read.body).toMatchObject({
      state: 'posted',
      exceptions: 1,
      openExceptions: [
        { line: 1, lineReference: 'day-1-1', reason: 'paymentUnknown', owner: 'operations', gross: { amount: '128500', currency: 'KRW' } },
      ],
    })
    expect((await world().get('/v1/statements', { key: world().operator })).body.data).toMatchObject([{ id: first.body.id, exceptions: 1 }])
  })

  it('takes a file of two megabytes, also while the engine is out of reach', async () => {
    world().engine.down = true
    const content = `${file('large')}${' '.repeat(2_000_000)}`
    const answer = await world().post('/v1/statements?gateway=test', {
      key: world().operator,
      body: content,
      headers: { 'content-type': 'text/plain' },
      idempotencyKey: 'large',
    })
    expect(answer.status).toBe(202)
    world().engine.down = false
    // Beyond the pause in which nobody waits for an engine that was out of reach.
    world().clock.at += 5_000
    const again = await world().post('/v1/statements?gateway=test', {
      key: world().operator,
      body: content,
      headers: { 'content-type': 'text/plain' },
      idempotencyKey: 'large',
    })
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(world().engine.posted).toContain(answer.body.id)
  })

  it.each<[string, string, object, number, string]>([
    ['a file that is none', '', { body: { gateway: 'test', content: 'not a file' } }, 422, 'statement_malformed'],
    ['a gateway that is not there', '', { body: { gateway: 'none', content: 'x' } }, 422, 'gateway_unknown'],
    ['another file of the same name', '', { body: { gateway: 'test', content: file('day-1', 'another') } }, 409, 'statement_differs'],
    ['text without its gateway', '', { body: 'x', headers: { 'content-type': 'text/plain' } }, 400, 'gateway_missing'],
    ['a gateway in two places', '?gateway=test', { body: { gateway: 'test', content: 'x' } }, 400, 'gateway_missing'],
    ['NUL in a file', '?gateway=test', { body: 'a\0b', headers: { 'content-type': 'text/plain' } }, 422, 'text_unstorable'],
    ['nothing for a file', '?gateway=test', { body: ' ', headers: { 'content-type': 'text/csv' } }, 415, 'content_type_refused'],
  ])('refuses %s', async (_, query, asked, status, code) => {
    expect(await world().post(`/v1/statements${query}`, { key: world().operator, ...asked })).toMatchObject({ status, body: { code } })
  })

  it('lets no institution see or send them, and a key of the platform without more only this', async () => {
    expect(await world().get('/v1/statements', { key: city.key })).toMatchObject({ status: 403, body: { code: 'scope_missing' } })
    const institution = await world().makeKey(city.id, ['statements:write'])
    expect(await world().get('/v1/statements', { key: institution })).toMatchObject({ status: 403, body: { code: 'platform_key_needed' } })
    const robot = await world().makeKey(null, ['statements:write', 'bills:read', 'reports:read'])
    expect((await world().get('/v1/statements', { key: robot })).status).toBe(200)
    expect((await world().get('/v1/bills', { key: robot })).body.data).toEqual([])
    expect((await world().get('/v1/reports', { key: robot })).body.bills).toBe(0)
  })

  it('sums up what was issued, paid, settled, refunded and left, and the sums fit', async () => {
    const tenant = await world().tenant('report')
    const bills: string[] = []
    for (let index = 0; index < 4; index++) {
      const { id } = await world().bill(tenant)
      await issue(world(), id)
      bills.push(id)
    }
    const pay = async (ids: readonly string[]): Promise<string> =>
      (await world().post('/v1/checkouts', { key: tenant.key, body: { bills: ids, language: 'ko' } })).body.id
    const [settled, gone, , left] = bills as [string, string, string, string]
    const one = await pay([settled])
    await world().engine.capture(one, 'simplePay')
    const two = await pay([gone])
    await world().post(`/v1/bills/${gone}/cancel`, { key: tenant.key, body: { reason: 'Wrong person' } })
    await world().engine.capture(two)
    await world().root.sql`update refunds set state = 'submitted', submitted_at = ${world().clock.at} where bill_id = ${gone}`
    await world().root
      .sql`update refunds set state = 'succeeded', reference = 'r-1', refunded_at = ${world().clock.at} where bill_id = ${gone}`
    await world().post(`/v1/bills/${left}/write-off`, { key: tenant.key, body: { reason: 'Too little' } })
    const content = file('day-2', `s-${one}`)
    const { body: statement } = await world().post('/v1/statements', { key: world().operator, body: { gateway: 'test', content } })
    await book(statement.id)
    const { body } = await world().get('/v1/reports', { key: tenant.key })
    expect(body).toEqual({
      bills: 4,
      final: 3,
      ledger_balanced: true,
      institutions: [
        {
          name: 'report City',
          currency: 'KRW',
          issued: { bills: 4, amount: '514000' },
          surcharged: { bills: 0, amount: '0' },
          reduced: { bills: 0, amount: '0' },
          paid: { bills: 2, amount: '257000' },
          refunded: { bills: 1, amount: '128500' },
          settled: { bills: 1, amount: '128500' },
          written_off: { bills: 1, amount: '128500' },
          cancelled: { bills: 1, amount: '128500' },
          outstanding: { bills: 1, amount: '128500' },
        },
      ],
      payments_by_method: {
        card: { payments: 1, amount: '128500', currency: 'KRW' },
        simplePay: { payments: 1, amount: '128500', currency: 'KRW' },
      },
      deliveries: [],
    })
    expect((await world().get(`/v1/reports?institution=${tenant.id}`, { key: world().operator })).body).toEqual(body)
    expect((await world().get(`/v1/bills/${settled}`, { key: tenant.key })).body).toMatchObject({
      status: 'settled',
      amounts: { settled: { amount: '128500' }, fees: { amount: '1285' } },
      payments: [{ state: 'settled' }],
      next: { code: 'closed' },
    })
    expect((await world().get(`/v1/bills/${gone}`, { key: tenant.key })).body).toMatchObject({
      refunds: [{ state: 'succeeded', fromAllocation: false, reason: 'billClosed' }],
    })
  })

  it("counts days by the institution's own calendar", async () => {
    const tenant = await world().tenant('days')
    const at = world().clock.at
    world().clock.at = Date.parse('2026-11-30T14:59:59Z')
    await world().bill(tenant)
    world().clock.at = Date.parse('2026-11-30T15:00:00Z')
    await world().bill(tenant)
    world().clock.at = at
    const count = async (query: string): Promise<unknown> => (await world().get(`/v1/reports?${query}`, { key: tenant.key })).body.bills
    expect([
      await count('to=2026-11-30'),
      await count('from=2026-12-01'),
      await count('from=2026-11-30&to=2026-12-01'),
      await count('from=2026-12-02'),
    ]).toEqual([1, 1, 2, 0])
    expect(await world().get('/v1/reports?from=2026-12-02&to=2026-12-01', { key: tenant.key })).toMatchObject({
      status: 422,
      body: { code: 'period_reversed' },
    })
  })
})
