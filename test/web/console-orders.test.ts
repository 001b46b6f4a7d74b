import { beforeAll, describe, expect, it } from '@jest/globals'
import { fileObjection } from '../../store/commands/file-objection.ts'
import { insertApiKey, type Scope } from '../../store/keys/insert-api-key.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { describeIf } from '../support/skip.ts'
import { type Browser, fieldOf } from './browser.ts'
import { unplaced } from './console-demo.ts'
import { missing, openWorld } from './open-world.ts'
import { NOW, POLICY } from './world.ts'

const ALL: readonly Scope[] = ['console', 'bills:read', 'bills:write']

describeIf(missing === null, missing ?? '')('orders of a clerk about money', () => {
  const world = openWorld()
  let city = ''
  let water = ''
  let clerk: Browser
  let operator: Browser

  async function signedIn(institutionId: string | null, scopes: readonly Scope[] = ALL): Promise<Browser> {
    const browser = world().browser()
    const input = { institutionId, mode: 'live', scopes, pepper: 'p'.repeat(40) } as const
    const { key } = await transaction(world().root.sql, (tx) => insertApiKey(tx, input, NOW))
    expect((await browser.post('/console/sign-in?lang=en', { apiKey: key, next: '/console' })).status).toBe(303)
    return browser
  }
  beforeAll(async () => {
    const policy = { ...POLICY, objection: { within: 'P90D' } } as const
    city = await world().institution('city', { ko: '한강시청', en: 'Hangang City' }, { policy })
    water = await world().institution('water', { ko: '수도사업소', en: 'Water Works' })
    ;[clerk, operator] = await Promise.all([signedIn(city), signedIn(null, ['operator'])])
  })

  /** The key of the page's first form. */
  const keyOf = async (browser: Browser, path: string): Promise<string> => {
    const { body } = await browser.get(path)
    return fieldOf(body.slice(body.indexOf('<main')), 'key')
  }
  const errorsOf = (body: string): string[] => [...body.matchAll(/<li><a href="#([^"]+)">/g)].map(([, field]) => field ?? '')
  const sums = async (billId: string) => {
    const [row] = await world().root.sql<{ charged: bigint; paid: bigint; due: string | null; status: string }[]>`
      select charged_minor as charged, paid_minor as paid, due_date as due, status from bills where id = ${billId}`
    return row
  }
  let people = 0
  const bill = (minor: bigint, institutionId = city, number?: string): Promise<string> =>
    world().bill({ institutionId, citizen: `person-${++people}`, minor, ...(number === undefined ? {} : { number }) })

  describe('correcting a bill', () => {
    it('changes amount and due date, once, and is told with its reason', async () => {
      const id = await bill(128_500n)
      const path = `/console/bills/${id}/amend`
      const page = await clerk.get(path)
      expect(page.body).toMatch(/Amount now[\s\S]*₩128,500/)
      const fields = {
        key: await keyOf(clerk, path),
        amount: '98,500',
        dueDate: '2027-03-31',
        reason: 'The engine size was wrong',
        sure: '1',
      }
      const [one, two] = await Promise.all([1, 2].map(() => clerk.post(path, fields)))
      expect([one?.status, two?.status]).toEqual([303, 303])
      expect(await sums(id)).toMatchObject({ charged: 98_500n, due: '2027-03-31' })
      const { body } = await clerk.get(`/console/bills/${id}`)
      expect(body.match(/It was corrected\./g)).toHaveLength(1)
      expect(body).toContain('The engine size was wrong')
    })

    it.each<[string, Record<string, string>, string[], number]>([
      ['nothing', { amount: '' }, ['amount'], 400],
      ['no tick', { sure: '' }, ['sure'], 400],
      ['no reason', { reason: ' ' }, ['reason'], 400],
      ['words for an amount', { amount: 'ten' }, ['amount'], 400],
      ['a fraction of a won', { amount: '10.5' }, ['amount'], 400],
      ['a comma that parts no thousands', { amount: '12,5' }, ['amount'], 400],
      ['a number of another script', { amount: '１２３４５' }, ['amount'], 400],
      ['more than 64 bits', { amount: '9'.repeat(24) }, ['amount'], 400],
      ['no day', { dueDate: '2027-02-31' }, ['dueDate'], 400],
      ['zero', { amount: '0' }, ['amount'], 409],
      ['less than zero', { amount: '-5' }, ['amount'], 409],
      ['the amount that it has', { amount: '128500' }, ['amount'], 409],
      ['a past day', { amount: '', dueDate: '2020-01-01' }, ['dueDate'], 409],
    ])('refuses %s beside its field', async (_, changes, fields, status) => {
      const id = await bill(128_500n)
      const path = `/console/bills/${id}/amend`
      const given = { amount: '98500', dueDate: '', reason: 'Wrong', sure: '1', ...changes }
      const answer = await clerk.post(path, { key: await keyOf(clerk, path), ...given })
      expect([answer.status, errorsOf(answer.body)]).toEqual([status, fields])
      for (const field of fields) expect(answer.body).toContain(`id="${field}-error"`)
      expect(/ name="amount"[^>]* value="([^"]*)"/.exec(answer.body)?.[1]).toBe(given.amount)
      expect((await sums(id))?.charged).toBe(128_500n)
    })
  })

  describe('a refund', () => {
    /** A bill that its citizen has paid. */
    async function paid(): Promise<string> {
      const id = await bill(128_500n)
      const { startCheckout } = await import('../../composition/start-checkout.ts')
      const checkout = { billIds: [id], gateway: 'test', language: 'ko', returnPath: '/checkouts/{id}/return', actor: 'citizen' } as const
      const { checkoutId } = await startCheckout(world().root, { ...checkout, citizenId: await world().citizenOf(id) })
      await world().engine.capture(checkoutId)
      return id
    }
    const refundsOf = (id: string) =>
      world().root.sql<{ minor: bigint; cancel: boolean; note: string }[]>`
        select amount_minor as minor, cancel_charge as cancel, note from refunds where bill_id = ${id} order by amount_minor`

    it('is asked for once, of what the clerk was shown', async () => {
      const id = await paid()
      const path = `/console/bills/${id}/refund`
      expect((await clerk.get(`/console/bills/${id}`)).body).toContain(path)
      const page = await clerk.get(path)
      expect(page.body).toContain('₩128,500 can be refunded')
      const payment = fieldOf(page.body, 'payment')
      const fields = { key: await keyOf(clerk, path), payment, amount: '28,500', charge: 'takenBack', reason: 'Sold in August', sure: '1' }
      const [one, two] = await Promise.all([1, 2].map(() => clerk.post(path, fields)))
      expect([one?.status, two?.status]).toEqual([303, 303])
      expect(await refundsOf(id)).toEqual([{ minor: 28_500n, cancel: true, note: 'Sold in August' }])
      // The page of before says what can be refunded no more.
      const late = await clerk.post(path, { ...fields, key: await keyOf(clerk, path) })
      expect([late.status, errorsOf(late.body)]).toEqual([409, ['payment-0']])
      expect(late.body).toContain('₩100,000 can be refunded')
      const rest = fieldOf((await clerk.get(path)).body, 'payment')
      const all = { key: await keyOf(clerk, path), payment: rest, amount: '', charge: 'owed', reason: 'All of it', sure: '1' }
      expect((await clerk.post(path, all)).status).toBe(303)
      expect((await refundsOf(id)).at(-1)).toEqual({ minor: 100_000n, cancel: false, note: 'All of it' })
      expect((await clerk.get(`/console/bills/${id}`)).body).not.toContain(path)
      expect((await clerk.get(path)).body).toContain('Nothing can be refunded now.')
    })

    it.each<[string, Record<string, string>, string[], number]>([
      ['no payment', { payment: '' }, ['payment-0'], 400],
      ['a payment that is none', { payment: "pay' or 1=1 5" }, ['payment-0'], 400],
      ['no choice of the charge', { charge: '' }, ['charge-0'], 400],
      ['no tick and no reason', { reason: '', sure: '' }, ['reason', 'sure'], 400],
      ['too much', { amount: '128501' }, ['amount'], 409],
      ['zero', { amount: '0' }, ['amount'], 409],
    ])('with %s is refused beside its field', async (_, changes, fields, status) => {
      const id = await paid()
      const path = `/console/bills/${id}/refund`
      const payment = fieldOf((await clerk.get(path)).body, 'payment')
      const given = { payment, amount: '', charge: 'owed', reason: 'Why', sure: '1', ...changes }
      const answer = await clerk.post(path, { key: await keyOf(clerk, path), ...given })
      expect([answer.status, errorsOf(answer.body)]).toEqual([status, fields])
      expect(await refundsOf(id)).toEqual([])
    })

    it("is not for another institution's bill, nor without the scope", async () => {
      const id = await paid()
      const other = await signedIn(water)
      const reader = await signedIn(city, ['console', 'bills:read'])
      for (const order of ['refund', 'amend']) {
        expect((await other.get(`/console/bills/${id}/${order}`)).status).toBe(404)
        expect((await reader.get(`/console/bills/${id}/${order}`)).status).toBe(403)
        const fields = { key: await keyOf(other, '/console'), amount: '1', reason: 'Mine', sure: '1' }
        expect((await other.post(`/console/bills/${id}/${order}`, fields)).status).toBe(404)
      }
    })
  })

  it('upholds an objection in part, with a lower amount only', async () => {
    const id = await bill(128_500n)
    const { objectionId } = await transaction(world().root.sql, (tx) =>
      fileObjection(tx, { billId: id, text: 'Half of it', receivedAt: NOW, actor: 'citizen', byCitizen: true }, NOW),
    )
    const path = `/console/objections/${objectionId}`
    expect((await clerk.get(path)).body).toMatch(/Amount now[\s\S]*₩128,500/)
    const say = async (fields: Record<string, string>): Promise<unknown> => {
      const answer = await clerk.post(path, { key: await keyOf(clerk, path), reason: 'You sold it', ...fields })
      return [answer.status, errorsOf(answer.body)]
    }
    expect(await say({})).toEqual([400, ['outcome-0']])
    expect(await say({ outcome: 'partly', amount: '' })).toEqual([409, ['amount']])
    expect(await say({ outcome: 'partly', amount: 'half' })).toEqual([400, ['amount']])
    expect(await say({ outcome: 'partly', amount: '128500' })).toEqual([409, ['amount']])
    expect(await say({ outcome: 'dismissed', amount: '64200' })).toEqual([409, ['amount']])
    expect(await say({ outcome: 'partly', amount: '64,200' })).toEqual([303, []])
    expect((await sums(id))?.charged).toBe(64_200n)
  })

  it('places the money of a line with a bill that is chosen, or named by number or id', async () => {
    const id = await bill(40_000n, city, 'PLACE-1')
    await bill(7_000n, city, 'TWICE')
    await bill(7_000n, water, 'TWICE')
    const exception = await unplaced(world(), '40000')
    const path = `/console/exceptions/${exception}`
    const page = await operator.get(path)
    expect(page.body).toMatch(/PLACE-1[\s\S]*amount agrees/)
    const say = async (fields: Record<string, string>): Promise<unknown> => {
      const answer = await operator.post(path, { key: await keyOf(operator, path), do: 'match', sure: '1', ...fields })
      return [answer.status, errorsOf(answer.body)]
    }
    expect(await say({})).toEqual([400, ['bill']])
    expect(await say({ suggestion: id, sure: '' })).toEqual([400, ['sure']])
    expect(await say({ bill: 'NOBODY' })).toEqual([400, ['bill']])
    expect(await say({ bill: `bill_${'0'.repeat(26)}` })).toEqual([400, ['bill']])
    expect(await say({ bill: 'TWICE' })).toEqual([400, ['bill']])
    expect(await say({ suggestion: id, bill: 'TWICE' })).toEqual([400, ['bill']])
    const key = await keyOf(operator, path)
    const fields = { key, do: 'match', suggestion: id, bill: '', sure: '1' }
    const [one, two] = await Promise.all([1, 2].map(() => operator.post(path, fields)))
    expect([one?.status, two?.status]).toEqual([303, 303])
    expect(await sums(id)).toMatchObject({ paid: 40_000n })
    expect(world().engine.wakes.some((wake) => wake.billId === id && wake.kind === 'paymentReceived')).toBe(true)
    expect((await operator.get(path)).body).not.toContain('name="do" value="match"')
    const another = await unplaced(world(), '7000')
    const byId = await bill(7_000n)
    const otherPath = `/console/exceptions/${another}`
    const given = { key: await keyOf(operator, otherPath), do: 'match', suggestion: 'other', bill: byId, sure: '1' }
    expect((await operator.post(otherPath, given)).status).toBe(303)
    expect(await sums(byId)).toMatchObject({ paid: 7_000n })
    // A clerk of an institution places nothing.
    expect((await clerk.post(path, { ...fields, key: await keyOf(clerk, '/console') })).status).toBe(403)
  })
})
