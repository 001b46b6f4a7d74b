import { describe, expect, it } from '@jest/globals'
import { money } from '../../../domain/money.ts'
import { failure } from '../../support/expected-errors.ts'
import { patience, newKey, type GatewayContractWorld } from './contract-world.ts'

/** What the gateway port promises of a refund. */
export function describeRefunds(world: GatewayContractWorld): void {
  const { open, authorized, captured, journalOf, whenReported, refundOf, can, itIf } = world
  describe('a refund', () => {
    it('happens once for a key, in parts up to what was captured', async () => {
      const { session } = await captured(10_000n)
      const request = refundOf(session, 4_000n)
      const report = await world.gateway.refund(request, patience())
      expect(report).toEqual({ status: 'succeeded', reference: expect.any(String), refundedAt: expect.any(Number) })
      expect(await world.gateway.refund(request, patience())).toEqual(report)
      expect(await world.gateway.refundReport(request.key, patience(), request.reference)).toEqual(report)
      expect(await journalOf(request.key)).toMatchObject([{ op: 'refund', minor: 4_000n, currency: 'KRW' }])
      expect(await world.gateway.refund(refundOf(session, 6_000n), patience())).toMatchObject({ status: 'succeeded' })
    })

    it('under a key that stands for another amount is refused', async () => {
      const { session } = await captured(10_000n)
      const request = refundOf(session, 4_000n)
      await world.gateway.refund(request, patience())
      expect((await failure(world.gateway.refund({ ...request, amount: money(4_001n, 'KRW') }, patience()))).kind).toBe('permanent')
      expect(await journalOf(request.key)).toHaveLength(1)
    })

    it('is unknown under a key that the gateway does not know', async () => {
      const { session } = await captured()
      expect(await world.gateway.refundReport(newKey('rfd'), patience(), session.reference)).toEqual({ status: 'unknown' })
    })

    it('never takes the sum over what was captured, twenty in parallel', async () => {
      const { session } = await captured(10_000n)
      const requests = Array.from({ length: 20 }, () => refundOf(session, 3_000n))
      const outcomes = await Promise.allSettled(requests.map((request) => world.gateway.refund(request, patience())))
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value.status === 'succeeded')).toHaveLength(3)
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ name: 'ProviderError', kind: 'permanent' })
      }
      const keys = new Set(requests.map((request) => request.key))
      expect((await world.driver.journal()).filter((line) => keys.has(line.key))).toHaveLength(3)
    })

    it('that is still running counts, and ends later', async () => {
      const { session } = await captured(10_000n)
      const running = refundOf(session, 8_000n)
      await world.driver.fault(running.key, 'refund', 'late')
      expect(await world.gateway.refund(running, patience())).toEqual({ status: 'pending' })
      expect(await world.gateway.refundReport(running.key, patience(), running.reference)).toEqual({ status: 'pending' })
      expect((await failure(world.gateway.refund(refundOf(session, 2_001n), patience()))).kind).toBe('permanent')
      await world.driver.advance(60_000)
      expect(await world.gateway.refundReport(running.key, patience(), running.reference)).toMatchObject({ status: 'succeeded' })
      expect(await world.gateway.refund(running, patience())).toMatchObject({ status: 'succeeded' })
      expect(await journalOf(running.key)).toHaveLength(1)
    })

    it('that failed gives its amount free again', async () => {
      const { session } = await captured(10_000n)
      const failing = refundOf(session, 10_000n)
      await world.driver.fault(failing.key, 'refund', 'decline')
      expect(await world.gateway.refund(failing, patience())).toEqual({ status: 'failed', code: expect.stringMatching(/^[a-z0-9_]+$/) })
      expect(await world.gateway.refundReport(failing.key, patience(), failing.reference)).toMatchObject({ status: 'failed' })
      expect(await world.gateway.refund(refundOf(session, 10_000n), patience())).toMatchObject({ status: 'succeeded' })
    })

    itIf('refundsToAccounts')('goes to an account that the citizen names, once', async () => {
      expect(world.gateway.refundsToAccounts).toBe(true)
      const { session } = await captured(10_000n)
      const account = { bank: 'Sample Bank', number: '110-123-456789', holder: '김하늘' }
      const request = { ...refundOf(session, 4_000n), account }
      const report = await world.gateway.refund(request, patience())
      expect(report).toMatchObject({ status: 'succeeded' })
      expect(await world.gateway.refund(request, patience())).toEqual(report)
      expect((await failure(world.gateway.refund({ ...request, account: { ...account, number: '999-9' } }, patience()))).kind).toBe(
        'permanent',
      )
      expect(await journalOf(request.key)).toHaveLength(1)
    })

    it('of a payment that was not captured, or is not known, is refused', async () => {
      const { session } = can('authorizes') ? await authorized() : await open()
      for (const refused of [session, { ...session, reference: 'pay_nobody' }]) {
        expect((await failure(world.gateway.refund(refundOf(refused, 1n), patience()))).kind).toBe('permanent')
      }
    })

    it.each(['hangAfterEffect', 'errorAfterEffect', 'drop', 'brokenBody', 'wrongAmount'] as const)(
      'is of unknown outcome after %s, and asking tells that it happened',
      async (fault) => {
        const { session } = await captured()
        const request = refundOf(session, 12_500n)
        await world.driver.fault(request.key, 'refund', fault)
        const signal = fault === 'hangAfterEffect' ? whenReported(request.key, 1) : patience()
        expect((await failure(world.gateway.refund(request, signal))).kind).toBe('unknown')
        expect(await world.gateway.refundReport(request.key, patience(), request.reference)).toMatchObject({ status: 'succeeded' })
        expect(await world.gateway.refund(request, patience())).toMatchObject({ status: 'succeeded' })
        expect(await journalOf(request.key)).toHaveLength(1)
      },
    )

    it.each(['errorBefore', 'htmlError'] as const)(
      'is of unknown outcome after %s, and asking tells that it did not happen',
      async (fault) => {
        const { session } = await captured()
        const request = refundOf(session, 12_500n)
        await world.driver.fault(request.key, 'refund', fault)
        expect((await failure(world.gateway.refund(request, patience()))).kind).toBe('unknown')
        expect(await world.gateway.refundReport(request.key, patience(), request.reference)).toEqual({ status: 'unknown' })
        expect(await journalOf(request.key)).toEqual([])
      },
    )
  })
}
