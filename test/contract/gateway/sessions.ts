import { describe, expect, it } from '@jest/globals'
import { money } from '../../../domain/money.ts'
import { failure } from '../../support/expected-errors.ts'
import { patience, newKey, type GatewayContractWorld } from './contract-world.ts'

/** What the gateway port promises of a session. */
export function describeSessions(world: GatewayContractWorld): void {
  const { sessionRequest, open, authorized, can, itIf } = world
  describe('a session', () => {
    it('has a page at an http address, and the same key returns the same session', async () => {
      const request = await sessionRequest(newKey('chk'))
      const first = await world.gateway.openSession(request, patience())
      expect(new URL(first.url).protocol).toMatch(/^https?:$/)
      expect(await world.gateway.openSession(request, patience())).toEqual(first)
      expect(await Promise.all([1, 2, 3].map(() => world.gateway.openSession(request, patience())))).toEqual([first, first, first])
    })

    itIf('fixesAmounts')('is refused under a key that stands for another amount', async () => {
      const request = await sessionRequest(newKey('chk'))
      await world.gateway.openSession(request, patience())
      const error = await failure(world.gateway.openSession({ ...request, amount: money(12_501n, 'KRW') }, patience()))
      expect(error.kind).toBe('permanent')
    })

    it('is pending before the citizen pays, and also under a key that the gateway does not know', async () => {
      const { key } = await open()
      expect(await world.gateway.payment(key, patience())).toEqual({ status: 'pending' })
      expect(await world.gateway.payment(newKey('chk'), patience())).toEqual({ status: 'pending' })
    })

    it('is authorized when the citizen has paid, declined when the last attempt was', async () => {
      const { key } = await authorized()
      expect(await world.gateway.payment(key, patience())).toMatchObject({ status: can('authorizes') ? 'authorized' : 'captured' })
      const { key: other } = await open()
      await world.driver.decline(other)
      expect(await world.gateway.payment(other, patience())).toEqual({ status: 'declined', code: expect.stringMatching(/^[a-z0-9_]+$/) })
      expect(await world.driver.authorize(other, 'card')).toBe(false)
    })

    itIf('expiresSessions')('takes no payment after its expiry', async () => {
      const { key } = await open()
      await world.driver.advance(600_000)
      expect(await world.driver.authorize(key, 'card')).toBe(false)
      expect(await world.gateway.payment(key, patience())).toEqual({ status: 'expired' })
      expect(await world.gateway.capture(key, patience())).toEqual({ status: 'expired' })
    })

    it('may be asked for again where the answer was lost', async () => {
      for (const fault of ['errorAfterEffect', 'brokenBody', 'drop'] as const) {
        const request = await sessionRequest(newKey('chk'))
        await world.driver.fault(request.key, 'openSession', fault)
        expect(['temporary', 'unknown']).toContain((await failure(world.gateway.openSession(request, patience()))).kind)
        expect(await world.gateway.openSession(request, patience())).toMatchObject({ reference: expect.any(String) })
      }
    })

    itIf('fixesAmounts')('is not offered to a citizen when the gateway made it for another amount', async () => {
      const request = await sessionRequest(newKey('chk'))
      await world.driver.fault(request.key, 'openSession', 'wrongAmount')
      expect((await failure(world.gateway.openSession(request, patience()))).kind).toBe('technical')
    })
  })
}
