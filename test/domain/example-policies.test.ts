import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { newPolicySchema } from '../../schemas/policy.ts'
import type { Bill } from '../../domain/bill.ts'
import { assumeDone, forecast, nextStep } from '../../domain/plan.ts'
import type { Policy } from '../../domain/policy.ts'
import { newBills, START } from './plan-arbitraries.ts'

const FOLDER = new URL('../../examples/policies/', import.meta.url)
const read = (name: string): Policy =>
  newPolicySchema.parse(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))).policy as unknown as Policy

const [sample] = fc.sample(newBills, { numRuns: 1, seed: 1 }) as [Bill]
const billOver = (minor: bigint): Bill => ({
  ...sample,
  asksMoney: true,
  issueAt: START,
  dueDate: null,
  chargedMinor: minor,
  preferredChannels: [],
})

/** The bill after `count` surcharges, if nobody pays; its notice was delivered at once. */
function afterSurcharges(policy: Policy, minor: bigint, count: number): Bill {
  let bill = billOver(minor)
  let now = START
  while (bill.surcharges < count) {
    const { step, at } = nextStep(bill, policy, now)
    if (step === null || at === null) throw new Error('the plan ended before')
    now = Math.max(now, at)
    bill = assumeDone(bill, policy, step, now)
    if (step.kind === 'send')
      bill = { ...bill, deliveries: bill.deliveries.map((one) => ({ ...one, state: 'delivered', deliveredAt: now })) }
  }
  return bill
}

describe('the example policies', () => {
  it.each(readdirSync(FOLDER))('%s is one that the API takes, and its bills come to an end', (name) => {
    expect(forecast(billOver(1_000_000n), read(name), START).at(-1)?.step.kind).toBe('handBack')
  })

  it('charge a local tax as the tax offices publish it: 1,000,000 won three months late', () => {
    // 본세 1,000,000 + 가산세 3 % 30,000 + 0.66 % × 3 = 19,800.
    expect(afterSurcharges(read('korea-local-tax.json'), 1_000_000n, 4).chargedMinor).toBe(1_049_800n)
  })

  it('charge a fine at most 75 % more: 3 % and sixty times 1.2 %', () => {
    expect(afterSurcharges(read('korea-traffic-fine.json'), 40_000n, 61).chargedMinor).toBe(70_000n)
  })
})
