import { beforeAll, expect, it } from '@jest/globals'
import { recordTransfer } from '../../store/commands/record-transfer.ts'
import { refundBill } from '../../store/commands/refund-bill.ts'
import { setApproval } from '../../store/institutions/set-approval.ts'
import { insertApiKey, type Scope } from '../../store/keys/insert-api-key.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { describeIf } from '../support/skip.ts'
import { type Browser, fieldOf } from './browser.ts'
import { missing, openWorld } from './open-world.ts'
import { NOW } from './world.ts'

const CLERK: readonly Scope[] = ['console', 'bills:read', 'bills:write']

describeIf(missing === null, missing ?? '')('a refund in the console that needs a second person', () => {
  const world = openWorld()
  let city = ''
  let first: { id: string; key: string }
  const makeKey = (institutionId: string | null, scopes: readonly Scope[]): Promise<{ id: string; key: string }> =>
    transaction(world().root.sql, (tx) => insertApiKey(tx, { institutionId, mode: 'live', scopes, pepper: 'p'.repeat(40) }, NOW))
  async function enter({ key }: { key: string }): Promise<Browser> {
    const browser = world().browser()
    await browser.post('/console/sign-in?lang=en', { apiKey: key, next: '/console' })
    return browser
  }

  beforeAll(async () => {
    city = await world().institution('second-city', { ko: '한강시청', en: 'Hangang City' })
    first = await makeKey(city, [...CLERK, 'refunds:approve'])
    await transaction(world().root.sql, (tx) =>
      setApproval(tx, { institutionId: city, above: { minor: 0n, currency: 'KRW' }, actor: 'test' }, NOW),
    )
  })

  let seen = 0
  async function ordered(): Promise<string> {
    const billId = await world().bill({ institutionId: city, citizen: `payer-${++seen}`, minor: 10_000n })
    const amount = { minor: 10_000n, currency: 'KRW' } as const
    const paid = {
      gateway: 'sandbox',
      reference: `console-${seen}`,
      method: 'card',
      amount,
      paidAt: NOW,
      paidAtSource: 'gateway',
      billId,
    } as const
    return transaction(world().root.sql, async (tx) => {
      await recordTransfer(tx, paid, NOW)
      const order = { billId, expected: amount, note: 'sold in August', cancelCharge: true, actor: `key:${first.id}` }
      return (await refundBill(tx, order, NOW)).refundIds[0] ?? ''
    })
  }
  const stateOf = async (id: string): Promise<string> => {
    const [row] = await world().root.sql<{ state: string }[]>`select state from refunds where id = ${id}`
    return row?.state ?? ''
  }

  it('is approved on its page by another clerk, once', async () => {
    const id = await ordered()
    const browser = await enter(await makeKey(city, [...CLERK, 'refunds:approve']))
    expect((await browser.get('/console/refunds')).body).toContain(`/console/refunds/${id}`)
    const page = await browser.get(`/console/refunds/${id}`)
    for (const words of ['Needs a second person', 'sold in August', first.id]) expect(page.body).toContain(words)
    const form = { key: fieldOf(page.body, 'key'), do: 'approve' }
    expect((await browser.post(`/console/refunds/${id}`, form)).status).toBe(400)
    expect(await stateOf(id)).toBe('awaitingApproval')
    for (let click = 0; click < 2; click += 1)
      expect(await browser.post(`/console/refunds/${id}`, { ...form, sure: '1' })).toMatchObject({
        status: 303,
        location: `/console/refunds/${id}?done`,
      })
    expect(await stateOf(id)).toBe('requested')
  })

  it('is declined with a reason', async () => {
    const id = await ordered()
    const browser = await enter(await makeKey(city, [...CLERK, 'refunds:approve']))
    const form = { key: fieldOf((await browser.get(`/console/refunds/${id}`)).body, 'key'), do: 'decline' }
    expect((await browser.post(`/console/refunds/${id}`, { ...form, reason: ' ' })).status).toBe(400)
    expect((await browser.post(`/console/refunds/${id}`, { ...form, reason: 'not sold' })).status).toBe(303)
    expect(await stateOf(id)).toBe('declined')
    expect((await browser.get(`/console/refunds/${id}`)).body).toContain('not sold')
  })

  it('is not decided by who ordered it, without the scope, or by another institution', async () => {
    const id = await ordered()
    const own = await enter(first)
    const page = await own.get(`/console/refunds/${id}`)
    expect(page.body).toContain('You ordered this refund')
    expect(page.body).not.toContain('name="do"')
    expect((await (await enter(await makeKey(city, CLERK))).get(`/console/refunds/${id}`)).body).not.toContain('name="do"')
    const water = await world().institution('second-water', { ko: '수도', en: 'Water' })
    expect((await (await enter(await makeKey(water, [...CLERK, 'refunds:approve']))).get(`/console/refunds/${id}`)).status).toBe(404)
    expect(await stateOf(id)).toBe('awaitingApproval')
  })
})
