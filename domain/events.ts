import type { Bill } from './bill.ts'
import { servedAt } from './chain.ts'
import type { Policy } from './policy.ts'
import { isPayable } from './states/bill.ts'

/** What an institution hears of, by webhook and by `GET /v1/events`. The names are part of the API and never change. */
export const EVENT_TYPES = [
  'bill.issued',
  'bill.delivered',
  'bill.read',
  'bill.overdue',
  'bill.partly_paid',
  'bill.paid',
  'bill.settled',
  'bill.reopened',
  'bill.cancelled',
  'bill.written_off',
  'bill.handed_back',
  'bill.concluded',
  'bill.paused',
  'bill.resumed',
  'bill.amended',
  'bill.objected',
  'bill.objection_decided',
  'bill.extended',
  'bill.expired',
  'bill.surcharged',
  'bill.reduced',
  'delivery.failed',
  'delivery.returned',
  'payment.excess_held',
  'payment.excess_credited',
  'payment.credit_used',
  'payment.taken_back',
  'payment.disputed',
  'payment.dispute_won',
  'refund.requested',
  'refund.approval_needed',
  'refund.declined',
  'refund.succeeded',
  'refund.account_needed',
  'refund.payout_needed',
  'refund.settled',
  'exception.opened',
  'batch.finished',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** An entry of a bill's log, as far as it matters here. */
interface Entry {
  readonly action: string
  readonly body: Readonly<Record<string, unknown>>
}

export interface BillEvent {
  readonly type: EventType
  readonly data: Readonly<Record<string, unknown>>
}

/** Entries of the log that are events by themselves. */
const BY_ACTION: Readonly<Record<string, EventType>> = {
  issue: 'bill.issued',
  fallDue: 'bill.overdue',
  handBack: 'bill.handed_back',
  conclude: 'bill.concluded',
  cancelled: 'bill.cancelled',
  writtenOff: 'bill.written_off',
  paused: 'bill.paused',
  resumed: 'bill.resumed',
  amended: 'bill.amended',
  objected: 'bill.objected',
  objectionDecided: 'bill.objection_decided',
  extended: 'bill.extended',
  expire: 'bill.expired',
  surcharge: 'bill.surcharged',
  reduced: 'bill.reduced',
  failed: 'delivery.failed',
  unreachable: 'delivery.failed',
  returned: 'delivery.returned',
  excessHeld: 'payment.excess_held',
  excessCredited: 'payment.excess_credited',
  paymentTakenBack: 'payment.taken_back',
  creditUsed: 'payment.credit_used',
  paymentDisputed: 'payment.disputed',
  disputeWon: 'payment.dispute_won',
  refundRequested: 'refund.requested',
  refundAwaitsApproval: 'refund.approval_needed',
  refundDeclined: 'refund.declined',
  refunded: 'refund.succeeded',
  refundRefused: 'refund.account_needed',
  refundAwaitsPayout: 'refund.payout_needed',
  refundSettled: 'refund.settled',
  openException: 'exception.opened',
  askAboutReturn: 'exception.opened',
  amountDiffers: 'exception.opened',
}

/** What of an entry an event carries. Reasons are words of people, who may write a name into them: they stay in the log. */
const CARRIED = ['amount', 'currency', 'paymentId', 'refundId', 'excessId', 'method', 'channel', 'code', 'kind', 'dueDate'] as const

/**
 * The events of one change of a bill, from its log's new entries and from what the bill was before and is after. Pure, and
 * called in the transaction of the change: an event is there if and only if the change is.
 */
export function eventsOf(before: Bill, after: Bill, policy: Policy, entries: readonly Entry[]): BillEvent[] {
  const events = entries.flatMap(({ action, body }): BillEvent[] => {
    const type = action === 'paid' ? paid(after) : BY_ACTION[action]
    return type === undefined ? [] : [{ type, data: carried(body) }]
  })
  if (after.deliveries !== before.deliveries) {
    if (servedAt(before, policy) === null && servedAt(after, policy) !== null) events.push({ type: 'bill.delivered', data: {} })
    if (!isRead(before) && isRead(after)) events.push({ type: 'bill.read', data: {} })
  }
  if (after.status !== before.status) {
    if (after.status === 'settled') events.push({ type: 'bill.settled', data: {} })
    if (isSettledUp(before) && isPayable(after.status)) events.push({ type: 'bill.reopened', data: {} })
  }
  return events
}

const paid = (bill: Bill): EventType => (isSettledUp(bill) ? 'bill.paid' : 'bill.partly_paid')

const isSettledUp = ({ status }: Bill): boolean => status === 'paid' || status === 'settled'

const isRead = ({ deliveries }: Bill): boolean => deliveries.some(({ readAt }) => readAt !== null)

const carried = (body: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(CARRIED.flatMap((name) => (body[name] === undefined ? [] : [[name, body[name]]])))
