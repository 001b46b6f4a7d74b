import { describe, expect, it } from '@jest/globals'
import { money } from '../../../domain/money.ts'
import type { PaymentReport } from '../../../domain/ports/gateway.ts'
import { failure } from '../../support/expected-errors.ts'
import { patience, newKey, type GatewayContractWorld } from './contract-world.ts'

/** What the gateway port promises of a capture. */
export function describeCaptures(world: GatewayContractWorld): void {
  const { open, authorized, journalOf, whenReported, itIf, reports } = world
  describe('a capture', () => {
    it.each(['card', 'simplePay', 'bankAccount'] as const)(
      'takes exactly the amount, and tells when and that it was paid by %s',
      async (method) => {
        const { key, session } = await open(98_765n)
        const before = await world.driver.now()
        await world.driver.authorize(key, method)
        const report = await world.gateway.capture(key, patience())
        expect(report).toEqual({ status: 'captured', amount: money(98_765n, 'KRW'), method, paidAt: expect.any(Number) })
        const { paidAt } = report as Extract<PaymentReport, { status: 'captured' }>
        expect(paidAt).toBeGreaterThanOrEqual(before)
        expect(paidAt).toBeLessThanOrEqual(await world.driver.now())
        expect(await world.gateway.payment(key, patience())).toEqual(report)
        expect(await journalOf(key)).toEqual([{ op: 'capture', key, reference: session.reference, minor: 98_765n, currency: 'KRW' }])
      },
    )

    it('happens once, repeated or in parallel', async () => {
      const { key } = await authorized()
      const reports = await Promise.all([1, 2, 3, 4].map(() => world.gateway.capture(key, patience())))
      expect(new Set(reports.map((report) => report.status))).toEqual(new Set(['captured']))
      expect(await world.gateway.capture(key, patience())).toEqual(reports[0])
      expect(await journalOf(key)).toHaveLength(1)
    })

    it('tells the state where there is nothing to take', async () => {
      const { key } = await open()
      expect(await world.gateway.capture(key, patience())).toEqual({ status: 'pending' })
      expect(await world.gateway.capture(newKey('chk'), patience())).toEqual({ status: 'pending' })
      expect(await journalOf(key)).toEqual([])
    })

    itIf('authorizes')('may still be declined by the issuer', async () => {
      const { key } = await authorized()
      await world.driver.fault(key, 'capture', 'decline')
      expect(await world.gateway.capture(key, patience())).toMatchObject({ status: 'declined' })
      expect(await world.gateway.payment(key, patience())).toMatchObject({ status: 'declined' })
      expect(await journalOf(key)).toEqual([])
    })

    itIf('authorizes').each(['hangAfterEffect', 'errorAfterEffect', 'drop', 'brokenBody'] as const)(
      'is of unknown outcome after %s, and asking tells that it happened',
      async (fault) => {
        const { key } = await authorized()
        await world.driver.fault(key, 'capture', fault)
        const signal = fault === 'hangAfterEffect' ? whenReported(key, reports) : patience()
        expect((await failure(world.gateway.capture(key, signal))).kind).toBe('unknown')
        expect(await world.gateway.payment(key, patience())).toMatchObject({ status: 'captured' })
        expect(await world.gateway.capture(key, patience())).toMatchObject({ status: 'captured' })
        expect(await journalOf(key)).toHaveLength(1)
      },
    )

    itIf('authorizes').each(['errorBefore', 'htmlError'] as const)(
      'is of unknown outcome after %s, and asking tells that it did not happen',
      async (fault) => {
        const { key } = await authorized()
        await world.driver.fault(key, 'capture', fault)
        expect((await failure(world.gateway.capture(key, patience()))).kind).toBe('unknown')
        expect(await world.gateway.payment(key, patience())).toEqual({ status: 'authorized' })
        expect(await journalOf(key)).toEqual([])
      },
    )

    it('of another amount is reported as it is, so that the books can refuse it', async () => {
      const { key } = await authorized(12_500n)
      await world.driver.fault(key, 'capture', 'wrongAmount')
      const report = await world.gateway.capture(key, patience())
      expect(report).toMatchObject({ status: 'captured' })
      expect((report as Extract<PaymentReport, { status: 'captured' }>).amount).not.toEqual(money(12_500n, 'KRW'))
    })
  })
}
