import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { percentOf } from '../../domain/money.ts'
import type { Policy } from '../../domain/policy.ts'
import { shrink } from '../../domain/shrink-surcharges.ts'
import type { TakenSurcharge } from '../../domain/surcharge.ts'
import { billOver, late, localTax } from './late-bills.ts'
import { policies } from './plan-arbitraries.ts'

/** The surcharges as the books have them after an amendment to this amount. */
function lowered(taken: readonly TakenSurcharge[], to: bigint, policy: Policy): TakenSurcharge[] {
  const backs = new Map(shrink(taken, { to }, policy).map(({ seq, minor }) => [seq, minor]))
  return taken.map((one) => {
    const tooHigh = one.principalMinor > to ? one.principalMinor - to : 0n
    return {
      ...one,
      takenBackMinor: one.takenBackMinor + (backs.get(one.seq) ?? 0n),
      baseMinor: one.baseMinor > tooHigh ? one.baseMinor - tooHigh : 0n,
      principalMinor: one.principalMinor - tooHigh,
    }
  })
}
const total = (taken: readonly TakenSurcharge[]): bigint => taken.reduce((sum, one) => sum + one.minor - one.takenBackMinor, 0n)

const count = fc.nat(14)
const parts = fc.array(fc.bigInt({ min: 0n, max: 400_000n }), { maxLength: 6 })
/** A bill, and the amounts it is lowered to, one after the other. */
const lowerings = fc
  .record({ minor: fc.bigInt({ min: 1n, max: 2_000_000n }), shares: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 4 }) })
  .map(({ minor, shares }) => ({
    minor,
    tos: shares.reduce<bigint[]>((all, share) => [...all, ((all.at(-1) ?? minor) * BigInt(share)) / 1_000n || 1n], []),
  }))
const anyPolicy = fc.oneof(
  policies,
  fc.constant(localTax),
  fc
    .record({
      once: fc.integer({ min: 1, max: 900 }),
      again: fc.integer({ min: 1, max: 900 }),
      cap: fc.integer({ min: 1, max: 3_000 }),
      rounding: fc.constantFrom('down', 'up', 'halfUp', 'halfEven'),
    })
    .map(({ once, again, cap, rounding }): Policy => {
      const percent = (hundredths: number): string => (hundredths / 100).toString()
      return {
        ...localTax,
        rounding,
        late: { once: percent(once), again: { percent: percent(again), every: 'P1M', times: 60 }, cap: percent(cap) },
      }
    }),
)

describe('surcharges of a bill that is amended to a lower amount', () => {
  it('are exactly those of a bill that asked for that from the start, in however many steps and whatever was paid between', () => {
    fc.assert(
      fc.property(anyPolicy, lowerings, count, fc.oneof(fc.constant([]), parts), (policy, { minor, tos }, months, paid) => {
        let { taken } = late(billOver(minor), policy, months, paid)
        for (const to of tos) {
          taken = lowered(taken, to, policy)
          expect(total(taken)).toBe(late(billOver(to), policy, taken.length, paid).bill.surchargedMinor)
        }
      }),
      { numRuns: 400 },
    )
  })

  it('are never more than they were, never below nothing, and never more the lower the amount', () => {
    fc.assert(
      fc.property(anyPolicy, lowerings, count, parts, fc.nat(1_000), (policy, { minor, tos: [to = 1n] }, months, paid, share) => {
        const { taken } = late(billOver(minor), policy, months, paid)
        const backs = shrink(taken, { to }, policy)
        for (const { seq, minor: back } of backs) {
          expect(back).toBeGreaterThan(0n)
          expect(back).toBeLessThanOrEqual(taken.find((one) => one.seq === seq)?.minor ?? 0n)
        }
        const evenLower = (to * BigInt(share)) / 1_000n || 1n
        expect(total(lowered(taken, evenLower, policy))).toBeLessThanOrEqual(total(lowered(taken, to, policy)))
        const cap = policy.late?.cap
        if (cap !== undefined) expect(total(lowered(taken, to, policy))).toBeLessThanOrEqual(percentOf(to, cap, policy.rounding))
      }),
      { numRuns: 400 },
    )
  })

  it('take nothing more back where the same is asked for again', () => {
    fc.assert(
      fc.property(anyPolicy, lowerings, count, parts, (policy, { minor, tos: [to = 1n] }, months, paid) => {
        const once = lowered(late(billOver(minor), policy, months, paid).taken, to, policy)
        expect(shrink(once, { to }, policy)).toEqual([])
      }),
    )
  })

  it('lose the monthly ones where the law takes none of so little, and keep the one that comes once', () => {
    const { taken } = late(billOver(1_000_000n), localTax, 3)
    expect(shrink(taken, { to: 449_999n }, localTax)).toEqual([
      { seq: 2, minor: 16_501n },
      { seq: 3, minor: 6_600n },
      { seq: 4, minor: 6_600n },
    ])
    expect(shrink(taken, { to: 450_000n }, localTax)).toEqual([
      { seq: 2, minor: 16_500n },
      { seq: 3, minor: 3_630n },
      { seq: 4, minor: 3_630n },
    ])
  })

  it('end with the first that would not have come, as by rounding, since the next one would have waited for it', () => {
    const little: Policy = { ...localTax, late: { once: '0.1', again: { percent: '5', every: 'P1M', times: 60 } } }
    const { taken } = late(billOver(1_000n), little, 2)
    expect(shrink(taken, { to: 900n }, little)).toEqual([
      { seq: 2, minor: 1n },
      { seq: 3, minor: 50n },
    ])
    expect(late(billOver(900n), little, 2).taken).toEqual([])
  })

  it('stay where they were taken of less, before an increase that is now taken back in part', () => {
    const [first] = late(billOver(1_000_000n), localTax, 1).taken
    const second = {
      ...(first as TakenSurcharge),
      seq: 4,
      baseMinor: 1_500_000n,
      principalMinor: 1_500_000n,
      minor: 9_900n,
      percent: '0.66',
    }
    expect(shrink([first as TakenSurcharge, second], { to: 1_200_000n }, localTax)).toEqual([{ seq: 4, minor: 1_980n }])
  })

  it('leave room below the cap for what stays of earlier ones', () => {
    const capped: Policy = { ...localTax, late: { once: '3', cap: '5' } }
    const { taken } = late(billOver(1_000_000n), capped, 1)
    expect(shrink(taken, { to: 500_000n, othersMinor: 20_000n }, capped)).toEqual([{ seq: 2, minor: 25_000n }])
    expect(shrink(taken, { to: 500_000n, othersMinor: 40_000n }, capped)).toEqual([{ seq: 2, minor: 30_000n }])
  })
})
