import { beforeAll, describe, expect, it } from '@jest/globals'
import { recordTransfer } from '../../store/commands/record-transfer.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { describeIf } from '../support/skip.ts'
import { issue } from './live.ts'
import { missing, openWorld } from './open-world.ts'
import { NOW, type Tenant } from './world.ts'

const krw = (amount: unknown, currency: unknown = 'KRW'): object => ({ amount, currency })

describeIf(missing === null, missing ?? '')('a second person, over the API', () => {
  const world = openWorld()
  let city: Tenant
  let water: Tenant
  /** Of the same institution: one that may agree, and one that may not. */
  let approver = ''
  let clerk = ''
  const keyOf = async (institution: string, scopes: readonly string[]): Promise<string> =>
    (await world().post(`/v1/institutions/${institution}/keys`, { key: world().operator, body: { scopes } })).body.secret as string
  const limit = (above: unknown, key = world().operator, id = city.id) =>
    world().put(`/v1/institutions/${id}/approval`, { key, body: { above } })

  beforeAll(async () => {
    city = await world().tenant('approving-city')
    water = await world().tenant('approving-water')
    approver = await keyOf(city.id, ['bills:read', 'bills:write', 'refunds:approve'])
    clerk = await keyOf(city.id, ['bills:read', 'bills:write'])
  })

  let seen = 0
  /** A refund of 28,500 won of a bill that a transfer has paid. */
  async function ordered(key = city.key): Promise<Record<string, unknown>> {
    const { id } = await world().bill(city)
    const billId = id as string
    await issue(world(), billId)
    const amount = { minor: 128_500n, currency: 'KRW' } as const
    const transfer = {
      gateway: 'test',
      reference: `second-${++seen}`,
      method: 'virtualAccount',
      amount,
      paidAt: NOW,
      paidAtSource: 'gateway',
      billId,
    } as const
    await transaction(world().root.sql, (tx) => recordTransfer(tx, transfer, NOW))
    const body = { amount: krw('28500'), expectedRefundable: krw('128500'), reason: 'Sold in August', cancelCharge: true }
    const answer = await world().post(`/v1/bills/${billId}/refunds`, { key, body })
    return { ...answer.body.data[0] }
  }
  const decide = (
    refund: Record<string, unknown>,
    verb: 'approve' | 'decline',
    key: string,
    body: object = verb === 'approve' ? {} : { reason: 'Not sold' },
  ) => world().post(`/v1/refunds/${refund['id'] as string}/${verb}`, { key, body })

  it('is asked above the limit, and shown with what was decided', async () => {
    expect(await limit(krw('28499'))).toMatchObject({ status: 200, body: { id: city.id, approvalAbove: krw('28499') } })
    expect((await world().get(`/v1/institutions/${city.id}`, { key: city.key })).body).toMatchObject({ approvalAbove: krw('28499') })
    const refund = await ordered()
    expect(refund).toMatchObject({ state: 'awaitingApproval', decision: null, exception: { kind: 'refundApproval' } })
    const approved = await decide(refund, 'approve', approver)
    expect(approved).toMatchObject({
      status: 200,
      body: { state: 'requested', exception: null, decision: { by: expect.stringMatching(/^key:key_/), reason: null } },
    })
    expect((await world().get(`/v1/refunds?state=awaitingApproval`, { key: city.key })).body.data).toEqual([])
    const declined = await decide(await ordered(), 'decline', approver)
    expect(declined).toMatchObject({ status: 200, body: { state: 'declined', decision: { reason: 'Not sold' } } })
  })

  it('is not asked at the limit, nor once the limit is taken away', async () => {
    await limit(krw('28500'))
    expect(await ordered()).toMatchObject({ state: 'requested' })
    await limit(krw('0'))
    expect(await ordered()).toMatchObject({ state: 'awaitingApproval' })
    expect((await limit(null)).body).toMatchObject({ approvalAbove: null })
    expect(await ordered()).toMatchObject({ state: 'requested' })
    const log = await world().get(`/v1/institutions/${city.id}/events`, { key: city.key })
    expect(log.text).toContain('approvalSet')
  })

  describe('is another one', () => {
    let refund: Record<string, unknown>
    beforeAll(async () => {
      await limit(krw('1000'))
      refund = await ordered(approver)
    })

    it.each(['approve', 'decline'] as const)('who may %s', async (verb) => {
      expect(await decide(refund, verb, approver)).toMatchObject({ status: 403, body: { code: 'second_person_needed' } })
      expect(await decide(refund, verb, clerk)).toMatchObject({ status: 403, body: { code: 'scope_missing' } })
      expect(await decide(refund, verb, city.key)).toMatchObject({ status: 403, body: { code: 'scope_missing' } })
      expect(await decide(refund, verb, world().operator)).toMatchObject({ status: 403, body: { code: 'institution_key_needed' } })
      const elsewhere = await keyOf(water.id, ['bills:read', 'refunds:approve'])
      expect(await decide(refund, verb, elsewhere)).toMatchObject({ status: 404, body: { code: 'refund_not_found' } })
      expect((await world().get(`/v1/refunds/${refund['id'] as string}`, { key: city.key })).body).toMatchObject({
        state: 'awaitingApproval',
      })
    })
  })

  it.each<[string, 'approve' | 'decline', object, number, string]>([
    ['an unknown field', 'approve', { force: true }, 422, 'property_unknown'],
    ['no reason', 'decline', {}, 422, 'property_missing'],
    ['an empty reason', 'decline', { reason: '' }, 422, 'value_invalid'],
    ['a card number', 'decline', { reason: '4111 1111 1111 1111' }, 422, 'card_number_refused'],
  ])('refuses %s', async (_, verb, body, status, code) => {
    const refund = await ordered()
    expect(await decide(refund, verb, approver, body)).toMatchObject({ status, body: { code } })
  })

  it('refuses what does not wait', async () => {
    const refund = await ordered()
    await decide(refund, 'decline', approver)
    for (const verb of ['approve', 'decline'] as const)
      expect(await decide(refund, verb, approver)).toMatchObject({ status: 409, body: { code: 'refund_not_awaiting_approval' } })
  })

  it.each<[string, unknown, string]>([
    ['below zero', krw('-1'), 'amount_negative'],
    ['in another currency', krw('1.00', 'USD'), 'currency_differs'],
    ['as a number', krw(5), 'type_wrong'],
    ['with a fraction', krw('1.5'), 'amount_malformed'],
    ['of more than 64 bits', krw('9'.repeat(30)), 'amount_malformed'],
    ['of nothing', undefined, 'property_missing'],
  ])('refuses a limit %s', async (_, above, code) => {
    expect(await limit(above)).toMatchObject({ status: 422, body: { code } })
  })

  it('refuses a limit that the institution would set for itself, or of none', async () => {
    expect(await limit(null, city.key)).toMatchObject({ status: 403, body: { code: 'scope_missing' } })
    expect(await limit(null, world().operator, `ins_${'0'.repeat(26)}`)).toMatchObject({
      status: 404,
      body: { code: 'institution_not_found' },
    })
  })
})
