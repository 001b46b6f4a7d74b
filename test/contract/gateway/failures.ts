import { describe, expect, it } from '@jest/globals'
import { failure } from '../../support/expected-errors.ts'
import { patience, newKey, type GatewayContractWorld } from './contract-world.ts'

/** What the gateway port promises where a call fails, and which failures may be tried again. */
export function describeFailures(world: GatewayContractWorld): void {
  const { sessionRequest, authorized, captured, journalOf, refundOf, itIf } = world
  describe('failures', () => {
    it.each(['capture', 'refund', 'payment', 'openSession'] as const)(
      'a rate limit on %s is temporary and says how long to wait',
      async (call) => {
        const { key, session } = await captured()
        const request = call === 'openSession' ? await sessionRequest(newKey('chk')) : await sessionRequest(key)
        const refund = refundOf(session, 1n)
        await world.driver.fault(call === 'refund' ? refund.key : request.key, call, 'rateLimit')
        const calls = {
          capture: () => world.gateway.capture(key, patience()),
          refund: () => world.gateway.refund(refund, patience()),
          payment: () => world.gateway.payment(key, patience()),
          openSession: () => world.gateway.openSession(request, patience()),
        }
        const error = await failure(calls[call]())
        expect(error.kind).toBe('temporary')
        expect(error.retryAfter).toBeGreaterThan(0)
        await calls[call]()
      },
    )

    it.each(['errorBefore', 'htmlError', 'brokenBody', 'drop'] as const)('a question that meets %s may be asked again', async (fault) => {
      const { key, session } = await captured()
      const refund = refundOf(session, 1n)
      await world.gateway.refund(refund, patience())
      await world.driver.fault(key, 'payment', fault)
      await world.driver.fault(refund.key, 'refundReport', fault)
      expect((await failure(world.gateway.payment(key, patience()))).kind).toBe('temporary')
      expect((await failure(world.gateway.refundReport(refund.key, patience(), refund.reference))).kind).toBe('temporary')
      expect(await world.gateway.payment(key, patience())).toMatchObject({ status: 'captured' })
      expect(await world.gateway.refundReport(refund.key, patience(), refund.reference)).toMatchObject({ status: 'succeeded' })
    })

    itIf('authorizes')('a call that was given up before it began did nothing', async () => {
      const { key } = await authorized()
      expect((await failure(world.gateway.capture(key, AbortSignal.abort()))).kind).toBe('temporary')
      expect(await journalOf(key)).toEqual([])
    })

    it('a citizen waiting on a silent gateway is not kept longer than the caller allows', async () => {
      const { key } = await captured()
      await world.driver.fault(key, 'payment', 'hangAfterEffect')
      expect((await failure(world.gateway.payment(key, AbortSignal.timeout(100)))).kind).toBe('temporary')
    })
  })
}
