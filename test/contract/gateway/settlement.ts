import { describe, expect, it } from '@jest/globals'
import { money } from '../../../domain/money.ts'
import { failure, refusal } from '../../support/expected-errors.ts'
import { patience, type GatewayContractWorld } from './contract-world.ts'

/** What the gateway port promises of settlement. */
export function describeSettlement(world: GatewayContractWorld): void {
  const { captured, journalOf, refundOf, itIf } = world
  describe('settlement', () => {
    itIf('settles')('lists each payment and refund once, exact to the unit, in files that never change', async () => {
      const first = await captured(10_001n)
      const second = await captured(333n)
      const refund = refundOf(first.session, 5_000n)
      await world.gateway.refund(refund, patience())
      const made = await world.driver.settle()
      expect((await world.gateway.settlementFiles(patience())).slice(-made.length)).toEqual(made)

      const texts = await Promise.all(made.map((file) => world.gateway.settlementFile(file, patience())))
      const files = texts.map((text) => world.gateway.parseSettlement(text))
      expect(files.map((file) => file.name)).toEqual(made)
      const lines = files.flatMap((file) => file.lines)
      const [refundLine] = await journalOf(refund.key)
      const of = (reference: string | undefined) => lines.filter((line) => line.reference === reference)
      expect(of(first.session.reference)).toMatchObject([{ kind: 'payment', gross: money(10_001n, 'KRW') }])
      expect(of(second.session.reference)).toMatchObject([{ kind: 'payment', gross: money(333n, 'KRW') }])
      expect(of(refundLine?.reference)).toMatchObject([{ kind: 'refund', gross: money(-5_000n, 'KRW') }])
      expect(new Set(lines.map((line) => line.lineReference)).size).toBe(lines.length)
      for (const { kind, gross, fee, net } of lines) {
        expect(net.minor).toBe(gross.minor - fee.minor)
        if (kind === 'payment') expect(net.minor).toBeGreaterThanOrEqual(0n)
      }

      const third = await captured()
      const later = await world.driver.settle()
      expect(later).not.toContain(made[0])
      const next = await Promise.all(
        later.map(async (file) => world.gateway.parseSettlement(await world.gateway.settlementFile(file, patience()))),
      )
      expect(next.flatMap((file) => file.lines.map((line) => line.reference))).toEqual([third.session.reference])
      expect(await Promise.all(made.map((file) => world.gateway.settlementFile(file, patience())))).toEqual(texts)
      expect(await world.driver.settle()).toEqual([])
    })

    itIf('settles')('refuses a file that was cut short anywhere, or repeats a line', async () => {
      await captured()
      await captured()
      const [file = ''] = await world.driver.settle()
      const text = await world.gateway.settlementFile(file, patience())
      for (let length = 0; length < text.length; length += 1) {
        expect(refusal(() => world.gateway.parseSettlement(text.slice(0, length))).code).toBe('statement_malformed')
      }
      const rows = text.split('\n')
      for (const index of rows.keys()) {
        const doubled = [...rows.slice(0, index + 1), ...rows.slice(index)].join('\n')
        expect(refusal(() => world.gateway.parseSettlement(doubled)).code).toBe('statement_malformed')
      }
    })

    it('has no file under a name that was never given', async () => {
      expect((await failure(world.gateway.settlementFile('no-such-file', patience()))).kind).toBe('permanent')
    })
  })
}
