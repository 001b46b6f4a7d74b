import fc from 'fast-check'
import { type Bill, owedMinor, principalMinor } from '../../domain/bill.ts'
import type { Policy } from '../../domain/policy.ts'
import { nextSurcharge, type TakenSurcharge, withSurcharge } from '../../domain/surcharge.ts'
import { quietPolicy } from '../support/policy.ts'
import { newBills, START } from './plan-arbitraries.ts'

const [sample] = fc.sample(newBills, { numRuns: 1, seed: 1 }) as [Bill]

/** An issued bill over so many minor units. */
export const billOver = (minor: bigint, changes: Partial<Bill> = {}): Bill => ({
  ...sample,
  status: 'issued',
  asksMoney: true,
  issueAt: START,
  issuedAt: START,
  dueDate: '2026-03-31',
  chargedMinor: minor,
  ...changes,
})

/** 지방세기본법 제55조: 3 % once, 0.66 % a month for up to 60 months where 450,000 won or more are unpaid. */
export const localTax: Policy = {
  ...quietPolicy,
  handBackAfter: 'P2000D',
  late: { once: '3', again: { percent: '0.66', every: 'P1M', times: 60, principalFrom: { amount: '450000', currency: 'KRW' } } },
}

/** Takes the first surcharges one after the other. What is `paid` of the bill comes in parts, each after one of them. */
export function late(bill: Bill, policy: Policy, count: number, paid: readonly bigint[] = []): { bill: Bill; taken: TakenSurcharge[] } {
  const taken: TakenSurcharge[] = []
  let now = bill
  for (let index = 0; index < count; index += 1) {
    const next = nextSurcharge(now, policy)
    if (next === null) break
    const { at, minor, baseMinor, percent } = next
    taken.push({ seq: index + 2, at, minor, baseMinor, percent, principalMinor: principalMinor(now), takenBackMinor: 0n })
    now = withSurcharge(now, next)
    const part = paid[index] ?? 0n
    now = { ...now, paidMinor: now.paidMinor + (part < owedMinor(now) ? part : owedMinor(now)) }
  }
  return { bill: now, taken }
}
