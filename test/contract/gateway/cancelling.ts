import { describe, expect, it } from '@jest/globals'
import { money } from '../../../domain/money.ts'
import { failure } from '../../support/expected-errors.ts'
import { patience, newKey, type GatewayContractWorld } from './contract-world.ts'

/** What the gateway port promises of cancelling. */
export function describeCancelling(world: GatewayContractWorld): void {
  const { sessionRequest, open, authorized, captured, journalOf, can, itIf } = world
  describe('cancelling', () => {
    itIf('endsSessions')('ends an open session, so that nothing can be paid on it', async () => {
      const { key } = await open()
      expect(await world.gateway.cancel(key, patience())).toEqual({ status: 'cancelled' })
      expect(await world.gateway.cancel(key, patience())).toEqual({ status: 'cancelled' })
      expect(await world.driver.authorize(key, 'card')).toBe(false)
      expect(await world.gateway.payment(key, patience())).toEqual({ status: 'cancelled' })
    })

    itIf('endsSessions')('releases an authorization, or tells that it could not', async () => {
      const { key } = await authorized()
      const report = await world.gateway.cancel(key, patience())
      expect(await world.gateway.payment(key, patience())).toEqual(report)
      expect(await world.gateway.capture(key, patience())).toEqual(report)
      expect(await journalOf(key)).toHaveLength(report.status === 'captured' ? 1 : 0)
    })

    if (!can('endsSessions')) {
      it('a session that cannot be ended tells what is known of it, and takes no money', async () => {
        const { key } = await open()
        expect(await world.gateway.cancel(key, patience())).toEqual({ status: 'pending' })
        expect(await world.gateway.cancel(newKey('chk'), patience())).toEqual({ status: 'pending' })
        expect(await journalOf(key)).toEqual([])
        expect(await world.driver.authorize(key, 'card')).toBe(true)
        expect(await world.gateway.cancel(key, patience())).toMatchObject({ status: can('authorizes') ? 'authorized' : 'captured' })
        expect(await journalOf(key)).toHaveLength(can('authorizes') ? 0 : 1)
      })
    }

    it('tells of the money that was already taken', async () => {
      const { key } = await captured()
      expect(await world.gateway.cancel(key, patience())).toMatchObject({ status: 'captured', amount: money(12_500n, 'KRW') })
      expect(await world.gateway.payment(key, patience())).toMatchObject({ status: 'captured' })
    })

    itIf('endsSessions')('also bars a key whose session was still on its way', async () => {
      const request = await sessionRequest(newKey('chk'))
      expect(await world.gateway.cancel(request.key, patience())).toEqual({ status: 'cancelled' })
      await failure(world.gateway.openSession(request, patience()))
      expect(await world.driver.authorize(request.key, 'card')).toBe(false)
      expect(await world.gateway.payment(request.key, patience())).toEqual({ status: 'cancelled' })
    })

    itIf('endsSessions')('and paying at the same moment end in one truth', async () => {
      for (let round = 0; round < 10; round += 1) {
        const { key } = await open()
        const [paid, report] = await Promise.all([world.driver.authorize(key, 'card'), world.gateway.cancel(key, patience())])
        expect(await world.gateway.payment(key, patience())).toEqual(report)
        expect([report.status, paid]).toEqual(['cancelled', expect.any(Boolean)])
      }
    })
  })
}
