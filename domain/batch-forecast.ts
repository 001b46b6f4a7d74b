import type { Bill } from './bill.ts'
import { localParts } from './calendar.ts'
import type { Currency } from './currencies.ts'
import { forecast } from './plan.ts'
import type { Policy } from './policy.ts'
import { deliveryPlan } from './chain.ts'

/** Bills that will live alike, because nothing that the plan looks at tells them apart. */
export interface BillGroup {
  readonly bills: number
  readonly policy: Policy
  readonly asksMoney: boolean
  readonly currency: Currency
  readonly chargedMinor: bigint
  readonly dueDate: string | null
  /** Milliseconds; null: now. */
  readonly issueAt: number | null
  readonly preferredChannels: readonly string[]
  readonly addressedChannels: readonly string[]
}

/** What happens on one day (`YYYY-MM-DD` in the institution's zone), by how many bills. */
export interface ForecastDay {
  readonly date: string
  issued: number
  /** By channel. */
  readonly notices: Record<string, number>
  readonly reminders: Record<string, number>
  due: number
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
    const bill = unissued(group, now)
    for (const { at, step } of forecast(bill, group.policy, now)) {
      const { date } = localParts(at, zone)
      const day = days.get(date) ?? { date, issued: 0, notices: {}, reminders: {}, due: 0, handedBack: 0 }
      days.set(date, day)
      if (step.kind === 'send') {
        const sent = step.purpose === 'notice' ? day.notices : day.reminders
        sent[step.channel] = (sent[step.channel] ?? 0) + group.bills
      } else if (step.kind === 'issue') day.issued += group.bills
      else if (step.kind === 'fallDue') day.due += group.bills
      else if (step.kind === 'handBack') day.handedBack += group.bills
    }
    const channels = deliveryPlan(group.policy, bill).map(({ channel }) => channel)
    const path = paths.get(channels.join()) ?? { channels, bills: 0 }
    paths.set(channels.join(), { channels, bills: path.bills + group.bills })
  }
  return {
    days: [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1)),
    paths: [...paths.values()].sort((a, b) => b.bills - a.bills),
  }
}

/** A bill as it will be in the moment in which it is received. */
function unissued(group: BillGroup, now: number): Bill {
  return {
    id: '',
    status: 'received',
    currency: group.currency,
    asksMoney: group.asksMoney,
    issueAt: group.issueAt ?? now,
    issuedAt: null,
    dueDate: group.dueDate,
    dueFixedAt: null,
    dueRevision: 1,
    validUntil: null,
    noticeRevision: 1,
    noticesFrom: null,
    preferredChannels: group.preferredChannels,
    addressedChannels: group.addressedChannels,
    chargedMinor: group.chargedMinor,
    surchargedMinor: 0n,
    reducedMinor: 0n,
    surcharges: 0,
    paidMinor: 0n,
    refundedMinor: 0n,
    writtenOffMinor: 0n,
    cancelledMinor: 0n,
    settledMinor: 0n,
    refundSettledMinor: 0n,
    creditMinor: 0n,
    paidAt: null,
    checkoutOpen: false,
    checkoutStale: false,
    settlementAsks: 0,
    exceptionOpen: false,
    pauses: [],
    deliveries: [],
    refunds: [],
  }
}
