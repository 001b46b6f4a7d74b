import { localParts } from './calendar.ts'
import { forecast } from './plan.ts'
import type { CostGroup } from './delivery-costs.ts'
import { deliveryPlan } from './chain.ts'
import { type Received, receivedBill } from './received-bill.ts'

/** Bills that will live alike, because nothing that the plan looks at tells them apart. */
export interface BillGroup extends CostGroup, Omit<Received, 'issueAt'> {
  /** The last day on which they may be paid here; null where the policy says. */
  readonly validUntil: string | null
  /** Milliseconds; null: now. */
  readonly issueAt: number | null
}

/** What happens on one day (`YYYY-MM-DD` in the institution's zone), by how many bills. */
export interface ForecastDay {
  readonly date: string
  issued: number
  /** By channel. */
  readonly notices: Record<string, number>
  readonly reminders: Record<string, number>
  due: number
  /** Those whose time to be paid here ends. */
  expired: number
  handedBack: number
}

/** Which channels citizens would be tried on, in order, and how many. */
export interface ForecastPath {
  readonly channels: readonly string[]
  readonly bills: number
}

/** What a batch comes to if nobody reacts: each bill's own forecast, added up by day. */
export function forecastBatch(groups: readonly BillGroup[], zone: string, now: number): { days: ForecastDay[]; paths: ForecastPath[] } {
  const days = new Map<string, ForecastDay>()
  const paths = new Map<string, ForecastPath>()
  for (const group of groups) {
    const { bills, policy, policyName: _, validUntil, ...received } = group
    const bill = { ...receivedBill({ ...received, issueAt: group.issueAt ?? now }), validUntil }
    for (const { at, step } of forecast(bill, policy, now)) {
      const { date } = localParts(at, zone)
      const day = days.get(date) ?? { date, issued: 0, notices: {}, reminders: {}, due: 0, expired: 0, handedBack: 0 }
      days.set(date, day)
      if (step.kind === 'send') {
        const sent = step.purpose === 'notice' ? day.notices : day.reminders
        sent[step.channel] = (sent[step.channel] ?? 0) + bills
      } else if (step.kind === 'issue') day.issued += bills
      else if (step.kind === 'fallDue') day.due += bills
      else if (step.kind === 'expire') day.expired += bills
      else if (step.kind === 'handBack') day.handedBack += bills
    }
    const channels = deliveryPlan(policy, bill).map(({ channel }) => channel)
    const path = paths.get(channels.join()) ?? { channels, bills: 0 }
    paths.set(channels.join(), { channels, bills: path.bills + bills })
  }
  return {
    days: [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1)),
    paths: [...paths.values()].sort((a, b) => b.bills - a.bills),
  }
}
