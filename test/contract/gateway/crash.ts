import { describe, expect, it } from '@jest/globals'
import { patience, type GatewayContractWorld } from './contract-world.ts'

/** What the gateway port promises after a crash. */
export function describeCrash(world: GatewayContractWorld): void {
  const { open, authorized, captured, journalOf, refundOf, can, reports } = world
  describe('after a crash', () => {
    it('the gateway still knows everything that it acknowledged', async () => {
      const opened = await open()
      const waiting = await authorized()
      const paid = await captured(10_000n)
      const refund = refundOf(paid.session, 1_000n)
      const refunded = await world.gateway.refund(refund, patience())
      const [file] = can('settles') ? await world.driver.settle() : []
      const text = file === undefined ? '' : await world.gateway.settlementFile(file, patience())
      const captures = Promise.allSettled(
        Array.from({ length: 10 }, async () => {
          const { key } = await authorized()
          return { key, report: await world.gateway.capture(key, patience()) }
        }),
      )
      const report = await world.gateway.payment(paid.key, patience())
      await world.driver.crash()

      expect(await world.gateway.payment(opened.key, patience())).toEqual({ status: 'pending' })
      expect(await world.gateway.payment(waiting.key, patience())).toMatchObject({ status: can('authorizes') ? 'authorized' : 'captured' })
      expect(await world.gateway.payment(paid.key, patience())).toEqual(report)
      expect(await world.gateway.refundReport(refund.key, patience(), refund.reference)).toEqual(refunded)
      expect(await world.gateway.refund(refund, patience())).toEqual(refunded)
      if (file !== undefined) expect(await world.gateway.settlementFile(file, patience())).toBe(text)
      for (const outcome of await captures) {
        if (outcome.status === 'fulfilled') expect(await world.gateway.payment(outcome.value.key, patience())).toEqual(outcome.value.report)
      }
      expect(await world.gateway.capture(waiting.key, patience())).toMatchObject({ status: 'captured' })
      expect(await world.gateway.capture(paid.key, patience())).toEqual(report)
      expect(await journalOf(paid.key)).toHaveLength(1)
    })

    it('webhooks that were not acknowledged still arrive', async () => {
      world.driver.listen(false)
      const refused = world.driver.refused()
      const { key } = await captured()
      await refused
      await world.driver.crash()
      world.driver.listen(true)
      // Some try again a minute later at the earliest.
      await world.driver.advance(60_000)
      const now = await world.driver.now()
      for (const { headers, body } of await world.driver.webhooks(key, reports)) {
        expect(world.gateway.translate(headers, body, now)).toMatchObject({ subject: 'payment', key })
      }
    })
  })
}
