import { describe, expect } from '@jest/globals'
import { money } from '../../../domain/money.ts'
import { patience, type GatewayContractWorld } from './contract-world.ts'

/** What the gateway port promises of a payment that somebody claims back. */
export function describeClaims(world: GatewayContractWorld): void {
  const { captured, itIf, reports } = world
  describe('a payment that somebody claims back', () => {
    itIf('reportsClaims')('is told when asked, and tells of it by a webhook', async () => {
      const { key } = await captured(10_000n)
      await world.driver.claim?.(key, 'disputed')
      const report = await world.gateway.payment(key, patience())
      expect(report).toMatchObject({
        status: 'captured',
        claimedBack: { state: 'disputed', reference: expect.any(String), at: expect.any(Number) },
      })
      await world.driver.claim?.(key, 'won')
      expect(await world.gateway.payment(key, patience())).not.toHaveProperty('claimedBack')
      await world.driver.claim?.(key, 'reversed')
      expect(await world.gateway.payment(key, patience())).toMatchObject({ claimedBack: { state: 'reversed' } })
      const notices = await world.driver.webhooks(key, reports + 3)
      for (const { headers, body } of notices)
        expect(world.gateway.translate(headers, body, await world.driver.now())).toMatchObject({ subject: 'payment', key })
    })

    itIf('reportsClaims')('stands in the settlement with its way back under the reference that was told', async () => {
      const { key } = await captured(10_000n)
      await world.driver.claim?.(key, 'returned')
      const report = await world.gateway.payment(key, patience())
      const reference = report.status === 'captured' ? report.claimedBack?.reference : undefined
      const files = await Promise.all((await world.driver.settle()).map((file) => world.gateway.settlementFile(file, patience())))
      const lines = files.flatMap((text) => world.gateway.parseSettlement(text).lines)
      expect(lines.filter((line) => line.reference === reference)).toMatchObject([{ kind: 'refund', gross: money(-10_000n, 'KRW') }])
    })
  })
}
