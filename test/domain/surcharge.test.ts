import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type Bill, owedMinor, principalMinor, unpaidPrincipalMinor } from '../../domain/bill.ts'
import { forecast } from '../../domain/plan.ts'
import type { Policy } from '../../domain/policy.ts'
import { nextSurcharge, takeBack } from '../../domain/surcharge.ts'
import { billOver, late, localTax } from './late-bills.ts'
import { policies, START } from './plan-arbitraries.ts'

const surchargesOf = (bill: Bill, policy: Policy): string[] =>
  forecast(bill, policy, START)
    .filter(({ step }) => step.kind === 'surcharge')
    .map(({ at, step }) => `${new Date(at + 9 * 3_600_000).toISOString().slice(0, 16)} ${step.key}`)

describe('surcharges for being late', () => {
  it('come once at the due date and then on the same day of each month, for at most sixty months', () => {
    const dates = surchargesOf(billOver(1_000_000n), localTax)
    expect(dates).toHaveLength(61)
    expect(dates.slice(0, 4)).toEqual([
      '2026-04-01T00:00 surcharge:1',
      '2026-05-01T00:00 surcharge:2',
      '2026-06-01T00:00 surcharge:3',
      '2026-07-01T00:00 surcharge:4',
    ])
    // 1,000,000 + 3 % + three months at 0.66 %: the example that Korean tax offices publish.
    expect(late(billOver(1_000_000n), localTax, 4).bill.chargedMinor).toBe(1_049_800n)
  })

  it('come only once below the amount from which the law takes them monthly', () => {
    expect(surchargesOf(billOver(449_999n), localTax)).toEqual(['2026-04-01T00:00 surcharge:1'])
    expect(late(billOver(449_999n), localTax, 5).bill.surchargedMinor).toBe(13_499n)
  })

  it('are taken of the unpaid principal alone, never of surcharges, and stop when the principal is paid', () => {
    const { bill } = late(billOver(1_000_000n), localTax, 1)
    const half = { ...bill, paidMinor: 500_000n }
    expect(nextSurcharge(half, localTax)).toMatchObject({ baseMinor: 500_000n, minor: 3_300n })
    expect(nextSurcharge({ ...bill, paidMinor: 1_000_000n }, localTax)).toBeNull()
  })

  it('never go beyond the cap, whatever the policy', () => {
    fc.assert(
      fc.property(policies, fc.bigInt({ min: 1n, max: 10_000_000n }), fc.nat(70), (policy, minor, count) => {
        const { bill } = late(billOver(minor), policy, count)
        const cap = policy.late?.cap
        expect(principalMinor(bill)).toBe(minor)
        expect(bill.chargedMinor).toBe(minor + bill.surchargedMinor)
        expect(bill.surcharges).toBeLessThanOrEqual((policy.late?.again?.times ?? 0) + 1)
        if (cap !== undefined) expect(bill.surchargedMinor * 100n).toBeLessThanOrEqual(minor * BigInt(Math.ceil(Number(cap))) + 100n)
      }),
    )
  })
})

describe('a payment made in time and heard of late', () => {
  const payments = fc.array(fc.bigInt({ min: 1n, max: 700_000n }), { maxLength: 5 })
  const months = fc.integer({ min: 1, max: 12 })

  it('leaves exactly the surcharges there would have been, in however many parts it is heard of', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 450_000n, max: 3_000_000n }), months, payments, (minor, count, parts) => {
        const policy: Policy = { ...localTax, late: { once: '3', again: { percent: '0.66', every: 'P1M', times: 60 } } }
        const paidEarly = parts.reduce((sum, part) => (sum + part > minor ? minor : sum + part), 0n)
        const inTime = late(billOver(minor, { paidMinor: paidEarly }), policy, count).bill.surchargedMinor
        let { bill, taken } = late(billOver(minor), policy, count)
        for (const part of parts) {
          const unpaid = unpaidPrincipalMinor(bill)
          const principal = part < unpaid ? part : unpaid
          for (const { seq, minor: back, baseMinor } of takeBack(taken, { at: START, minor: principal }, 'down')) {
            bill = { ...bill, chargedMinor: bill.chargedMinor - back, surchargedMinor: bill.surchargedMinor - back }
            taken = taken.map((one) =>
              one.seq === seq ? { ...one, baseMinor: one.baseMinor - baseMinor, takenBackMinor: one.takenBackMinor + back } : one,
            )
          }
          bill = { ...bill, paidMinor: bill.paidMinor + principal }
        }
        expect(bill.surchargedMinor).toBe(inTime)
        expect(owedMinor(bill)).toBeGreaterThanOrEqual(0n)
      }),
    )
  })

  it('takes nothing back of a surcharge that was due before it', () => {
    const { taken } = late(billOver(1_000_000n), localTax, 3)
    const after = taken[1]?.at ?? 0
    expect(takeBack(taken, { at: after, minor: 1_000_000n }, 'down').map(({ seq }) => seq)).toEqual([4])
    expect(takeBack(taken, { at: after - 1, minor: 1_000_000n }, 'down').map(({ seq }) => seq)).toEqual([3, 4])
  })
})
