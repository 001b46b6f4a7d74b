import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { deliveryPlan } from '../../domain/chain.ts'
import { agreedPrice, type CostGroup, deliveryCosts } from '../../domain/delivery-costs.ts'
import { money, toWire } from '../../domain/money.ts'
import type { Policy } from '../../domain/policy.ts'
import { policies } from './plan-arbitraries.ts'

const CHANNELS = ['app', 'sms', 'email', 'paper', 'inbox']
const CURRENCIES = ['KRW', 'GBP', 'KWD'] as const
type Currency = (typeof CURRENCIES)[number]

const price = (currency: Currency) => fc.bigInt({ min: 0n, max: 9_000_000_000_000n }).map((minor) => toWire(money(minor, currency)))

/** Policies with prices of some channels of theirs, and groups of bills under them. */
const batches = fc.constantFrom(...CURRENCIES).chain((currency) =>
  fc.record({
    currency: fc.constant<Currency>(currency),
    groups: fc
      .array(
        fc.tuple(policies, fc.dictionary(fc.constantFrom(...CHANNELS), price(currency)), fc.option(price(currency), { nil: undefined })),
        {
          minLength: 1,
          maxLength: 3,
        },
      )
      .map((all) =>
        all.map(([policy, costs, registeredLetter]): Policy => ({ ...policy, costs, ...(registeredLetter ? { registeredLetter } : {}) })),
      )
      .chain((known) =>
        fc.array(
          fc
            .record({
              which: fc.nat(known.length - 1),
              bills: fc.integer({ min: 1, max: 30 }),
              preferredChannels: fc.subarray(CHANNELS),
              addressedChannels: fc.subarray(CHANNELS),
            })
            .map(({ which, ...group }): CostGroup => ({ ...group, policyName: `policy-${which}`, policy: known[which] as Policy })),
          { maxLength: 8 },
        ),
      ),
  }),
)

const planOf = ({ policy, preferredChannels, addressedChannels }: CostGroup): string[] =>
  deliveryPlan(policy, { preferredChannels, addressedChannels, deliveries: [], noticeRevision: 1 }).map(({ channel }) => channel)

/** The sum of what single deliveries cost, one after the other; null where one of them has no price. */
function oneByOne(groups: readonly CostGroup[], currency: Currency, way: (plan: readonly string[]) => readonly string[]): bigint | null {
  let all: bigint | null = 0n
  for (const group of groups)
    for (let bill = 0; bill < group.bills; bill += 1)
      for (const channel of way(planOf(group))) {
        const one = agreedPrice(group.policy, channel, currency)
        all = all === null || one === null ? null : all + one
      }
  return all
}

describe('what deliveries would cost', () => {
  it('is the sum of single deliveries, to the last unit, and nothing where one of them has no price', () => {
    fc.assert(
      fc.property(batches, ({ currency, groups }) => {
        const { steps, firstStepMinor, wholeChainMinor, registeredLettersMinor } = deliveryCosts(groups, currency)
        expect(wholeChainMinor).toBe(oneByOne(groups, currency, (plan) => plan))
        expect(firstStepMinor).toBe(oneByOne(groups, currency, (plan) => plan.slice(0, 1)))
        for (const { policy, channel, bills, costMinor } of steps) {
          const own = groups.filter((group) => group.policyName === policy)
          const there = own.filter((group) => planOf(group).includes(channel))
          expect(bills).toBe(there.reduce((sum, group) => sum + group.bills, 0))
          expect(costMinor).toBe(oneByOne(there, currency, () => [channel]))
        }
        const letters = groups.map(({ policy, bills }) => ({ amount: policy.registeredLetter?.amount, bills }))
        const known = letters.every(({ amount }) => amount !== undefined)
        expect(registeredLettersMinor).toBe(
          known ? letters.reduce((sum, { amount = '', bills }) => sum + BigInt(amount.replace('.', '')) * BigInt(bills), 0n) : null,
        )
      }),
      { numRuns: 300 },
    )
  })

  it('is the same however the bills are grouped and in whatever order, and names each step of each policy once', () => {
    fc.assert(
      fc.property(batches, ({ currency, groups }) => {
        const singles = groups.flatMap((group) => Array.from({ length: group.bills }, () => ({ ...group, bills: 1 })))
        const split = deliveryCosts(singles.reverse(), currency)
        const whole = deliveryCosts(groups, currency)
        const sorted = ({ steps, ...sums }: typeof whole): unknown => ({
          ...sums,
          steps: [...steps].sort((a, b) => `${a.policy} ${a.step}`.localeCompare(`${b.policy} ${b.step}`)),
        })
        expect(sorted(split)).toEqual(sorted(whole))
        const expected = new Map(groups.map(({ policyName, policy }) => [policyName, policy.chain.length]))
        expect(whole.steps).toHaveLength([...expected.values()].reduce((sum, length) => sum + length, 0))
      }),
    )
  })

  it('takes no price in another currency, and none that an object has by itself', () => {
    const costs = { app: { amount: '15', currency: 'KRW' } } as const
    expect(agreedPrice({ costs }, 'app', 'KRW')).toBe(15n)
    expect(agreedPrice({ costs }, 'app', 'JPY')).toBeNull()
    expect(agreedPrice({ costs }, 'constructor', 'KRW')).toBeNull()
    expect(agreedPrice({}, 'app', 'KRW')).toBeNull()
  })
})
