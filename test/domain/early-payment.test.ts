import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type Bill, owedMinor } from '../../domain/bill.ts'
import { earlyOffer, earnedReduction, settlesFor } from '../../domain/early-payment.ts'
import type { Policy } from '../../domain/policy.ts'
import { quietPolicy } from '../support/policy.ts'
import { DAY, newBills, START } from './plan-arbitraries.ts'

const [sample] = fc.sample(newBills, { numRuns: 1, seed: 1 }) as [Bill]
/** 질서위반행위규제법 제18조: a fine costs a fifth less when it is paid by the end of the time for objections. */
const fine: Policy = { ...quietPolicy, proofOfService: 'delivered', early: { percent: '20', within: 'P20D', from: 'service' } }
const billOver = (minor: bigint, changes: Partial<Bill> = {}): Bill => ({
  ...sample,
  status: 'issued',
  asksMoney: true,
  issueAt: START,
  issuedAt: START,
  chargedMinor: minor,
  ...changes,
})
const served = (at: number): Pick<Bill, 'deliveries'> => ({
  deliveries: [
    {
      key: 'notice:paper',
      purpose: 'notice',
      channel: 'paper',
      state: 'delivered',
      attemptedAt: START,
      acceptedAt: START,
      deliveredAt: at,
      readAt: null,
      endedAt: null,
    },
  ],
})

describe('the offer for paying early', () => {
  it('counts from proof of service, and stands without an end before there is one', () => {
    expect(earlyOffer(billOver(40_000n), fine)).toEqual({ minor: 8_000n, until: null })
    const proven = Date.parse('2026-03-09T12:00:00+09:00')
    expect(earlyOffer(billOver(40_000n, served(proven)), fine)).toEqual({
      minor: 8_000n,
      until: Date.parse('2026-03-30T00:00:00+09:00') - 1,
    })
  })

  it('stands still while the bill is paused', () => {
    const open = [{ from: START + DAY, until: null }]
    const ended = [{ from: START + 2 * DAY, until: START + 15 * DAY }]
    const plain = earlyOffer(billOver(40_000n, served(START + DAY)), fine)?.until ?? NaN
    expect(earlyOffer(billOver(40_000n, { ...served(START + DAY), pauses: open }), fine)?.until).toBeNull()
    expect(earlyOffer(billOver(40_000n, { ...served(START + DAY), pauses: ended }), fine)?.until).toBe(plain + 13 * DAY)
  })

  it('is earned by the payment’s own time, to the last millisecond', () => {
    const bill = billOver(40_000n, served(START))
    const until = earlyOffer(bill, fine)?.until ?? NaN
    expect(earnedReduction(bill, fine, { at: until, minor: 32_000n })).toBe(8_000n)
    expect(earnedReduction(bill, fine, { at: until + 1, minor: 32_000n })).toBe(0n)
    expect(earnedReduction(bill, fine, { at: until, minor: 31_999n })).toBe(0n)
    expect(settlesFor(bill, fine, until)).toBe(32_000n)
    expect(settlesFor(bill, fine, until + 1)).toBe(40_000n)
  })

  it('is earned by several payments only where all came in time', () => {
    const bill = billOver(40_000n, { ...served(START), paidMinor: 20_000n, paidAt: START + DAY })
    expect(earnedReduction(bill, fine, { at: START + 2 * DAY, minor: 12_000n })).toBe(8_000n)
    expect(earnedReduction({ ...bill, paidAt: START + 40 * DAY }, fine, { at: START + 2 * DAY, minor: 12_000n })).toBe(0n)
  })

  it('never makes a bill cost less than nothing, and what settles it is exactly what earns the reduction', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        fc.bigInt({ min: 0n, max: 10n ** 9n }),
        fc.constantFrom('1', '20', '33.3333', '100'),
        fc.constantFrom('down' as const, 'up' as const, 'halfEven' as const),
        (charged, paid, percent, rounding) => {
          const policy: Policy = { ...fine, rounding, early: { percent, within: 'P20D', from: 'issue' } }
          const bill = billOver(charged, { paidMinor: paid % charged, paidAt: paid === 0n ? null : START })
          const owed = owedMinor(bill)
          const needed = settlesFor(bill, policy, START)
          expect(needed).toBeGreaterThanOrEqual(0n)
          expect(needed).toBeLessThanOrEqual(owed)
          const earned = earnedReduction(bill, policy, { at: START, minor: needed })
          expect(owed - earned).toBe(needed)
        },
      ),
    )
  })
})
