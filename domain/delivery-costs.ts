import type { Bill } from './bill.ts'
import { deliveryPlan } from './chain.ts'
import type { Currency } from './currencies.ts'
import { parseMoney, type WireMoney } from './money.ts'
import type { Policy } from './policy.ts'

/** Bills of one policy whose citizens are tried on the same channels. */
export interface CostGroup extends Pick<Bill, 'preferredChannels' | 'addressedChannels'> {
  readonly bills: number
  /** What the policy is called in its institution. */
  readonly policyName: string
  readonly policy: Policy
}

/** One link of a policy's chain, and what notices on it would cost. */
export interface StepCost {
  readonly policy: string
  /** Its place in the policy's chain, from 1. */
  readonly step: number
  readonly channel: string
  /** Of one delivery, in minor units; null where nobody knows it. */
  readonly priceMinor: bigint | null
  /** Bills that could go this way. */
  readonly bills: number
  /** Bills that are sent this way first. */
  readonly firstBills: number
  /** If all of them went this way. */
  readonly costMinor: bigint | null
}

/** What the notices of many bills would cost, in minor units. A sum is null where a price in it is not known. */
export interface DeliveryCosts {
  readonly steps: readonly StepCost[]
  /** If every notice is enough on the first channel that it is sent on. */
  readonly firstStepMinor: bigint | null
  /** If every bill goes through all of its channels. */
  readonly wholeChainMinor: bigint | null
  /** If every bill were a registered letter. */
  readonly registeredLettersMinor: bigint | null
}

/**
 * What one delivery costs by the policy, in minor units; null where it says nothing. A price in another currency is not
 * converted, so it is none.
 */
export const agreedPrice = ({ costs }: Pick<Policy, 'costs'>, channel: string, currency: Currency): bigint | null =>
  costs !== undefined && Object.hasOwn(costs, channel) ? minorIn(costs[channel], currency) : null

const minorIn = (money: WireMoney | undefined, currency: Currency): bigint | null =>
  money?.currency === currency ? parseMoney(money).minor : null

/** Adds up what the notices of some bills would cost before any is sent, each by its policy's price of the channel. */
export function deliveryCosts(groups: readonly CostGroup[], currency: Currency): DeliveryCosts {
  const policies = new Map<
    string,
    { readonly policy: Policy; bills: number; readonly all: Map<string, number>; readonly first: Map<string, number> }
  >()
  for (const { bills, policyName, policy, preferredChannels, addressedChannels } of groups) {
    const sums = policies.get(policyName) ?? { policy, bills: 0, all: new Map<string, number>(), first: new Map<string, number>() }
    policies.set(policyName, sums)
    sums.bills += bills
    const plan = deliveryPlan(policy, { preferredChannels, addressedChannels, deliveries: [], noticeRevision: 1 })
    for (const [index, { channel }] of plan.entries()) {
      add(sums.all, channel, bills)
      if (index === 0) add(sums.first, channel, bills)
    }
  }
  const steps = [...policies].flatMap(([name, { policy, all, first }]) =>
    policy.chain.map(({ channel }, index): StepCost => {
      const priceMinor = agreedPrice(policy, channel, currency)
      const bills = all.get(channel) ?? 0
      return {
        policy: name,
        step: index + 1,
        channel,
        priceMinor,
        bills,
        firstBills: first.get(channel) ?? 0,
        costMinor: times(priceMinor, bills),
      }
    }),
  )
  return {
    steps,
    firstStepMinor: sum(steps.map(({ priceMinor, firstBills }) => times(priceMinor, firstBills))),
    wholeChainMinor: sum(steps.map(({ costMinor }) => costMinor)),
    registeredLettersMinor: sum(
      [...policies.values()].map(({ policy, bills }) => times(minorIn(policy.registeredLetter, currency), bills)),
    ),
  }
}

const add = (counts: Map<string, number>, key: string, count: number): void => void counts.set(key, (counts.get(key) ?? 0) + count)

/** Nothing costs nothing, whatever its price may be. */
const times = (priceMinor: bigint | null, count: number): bigint | null =>
  count === 0 ? 0n : priceMinor === null ? null : priceMinor * BigInt(count)

const sum = (parts: readonly (bigint | null)[]): bigint | null =>
  parts.reduce((all, part) => (all === null || part === null ? null : all + part), 0n)
