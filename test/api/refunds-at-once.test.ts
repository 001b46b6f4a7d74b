import { beforeAll, describe, expect, it } from '@jest/globals'
import { recordTransfer } from '../../store/commands/record-transfer.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { atOnce } from '../store/support.ts'
import { describeIf } from '../support/skip.ts'
import { violations } from '../support/violations.ts'
import type { Answer } from './client.ts'
import { issue } from './live.ts'
import { missing, openWorld } from './open-world.ts'
import { NOW, type Tenant } from './world.ts'

const PAYMENTS = 100

/** The store's own test does this 500 times (test/store/refunds-at-once.test.ts); here it goes over HTTP, keys and all. */
describeIf(missing === null, missing ?? '')(`${PAYMENTS} payments, each refunded twice at once over the API`, () => {
  const world = openWorld({ max: 16 })
  let city: Tenant
  const bills: string[] = []
  beforeAll(async () => {
    city = await world().tenant('city')
    for (let index = 0; index < PAYMENTS; index++) {
      const { id: billId } = await world().bill(city)
      await issue(world(), billId)
      const transfer = {
        gateway: 'test',
        reference: `t-${index}`,
        method: 'virtualAccount',
        amount: { minor: 128_500n, currency: 'KRW' },
      } as const
      await transaction(world().root.sql, (tx) => recordTransfer(tx, { ...transfer, paidAt: NOW, paidAtSource: 'gateway', billId }, NOW))
      bills.push(billId)
    }
  }, 120_000)

  const ask = (billId: string, idempotencyKey?: string): Promise<Answer> =>
    world().post(`/v1/bills/${billId}/refunds`, {
      key: city.key,
      body: { expectedRefundable: { amount: '128500', currency: 'KRW' }, reason: 'Asked twice' },
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    })
  const answers = (results: readonly PromiseSettledResult<Answer>[]): Answer[] =>
    results.map((result) => {
      if (result.status === 'rejected') throw result.reason as Error
      return result.value
    })
  const counted = (found: readonly Answer[]): Record<string, number> => {
    const counts: Record<string, number> = {}
    for (const { status, body } of found) {
      const name = status === 201 ? '201' : `${status} ${body.code}`
      counts[name] = (counts[name] ?? 0) + 1
    }
    return counts
  }

  describe('under keys of their own', () => {
    it('are given back once, and refused once with what can be refunded now', async () => {
      const found = answers(await atOnce(2 * PAYMENTS, (index) => ask(bills[index % PAYMENTS] ?? '')))
      expect(counted(found)).toEqual({ '201': PAYMENTS, '409 refundable_differs': PAYMENTS })
      const [row] = await world().root.sql`select count(*)::int as refunds, count(distinct payment_id)::int as payments from refunds`
      expect(row).toEqual({ refunds: PAYMENTS, payments: PAYMENTS })
      expect(await violations(world().root.config.DATABASE_URL)).toEqual([])
    }, 120_000)
  })

  describe('under one key', () => {
    it('are one request, with one effect and one answer', async () => {
      const { id: billId } = await world().bill(city)
      await issue(world(), billId)
      const transfer = {
        gateway: 'test',
        reference: 'again',
        method: 'virtualAccount',
        amount: { minor: 128_500n, currency: 'KRW' },
      } as const
      await transaction(world().root.sql, (tx) => recordTransfer(tx, { ...transfer, paidAt: NOW, paidAtSource: 'gateway', billId }, NOW))
      const found = answers(await atOnce(20, () => ask(billId, 'the same')))
      expect(counted(found)).toEqual({ '201': 20 })
      expect(new Set(found.map(({ body }) => body.data[0]?.id)).size).toBe(1)
    })
  })
})
