import { type Bill, type Delivery } from '../../domain/bill.ts'
import type { Currency } from '../../domain/currencies.ts'
import type { Pause } from '../../domain/own-time.ts'
import type { BillStatus } from '../../domain/states/bill.ts'
import type { Stage } from '../../domain/step.ts'
import type { OpenRefund } from '../../domain/bill.ts'

/** A bill's row with what the plan needs of its children, as `lock-bills.ts` and `read-bill.ts` select it. */
export interface BillRow {
  id: string
  institution_id: string
  citizen_id: string
  policy_id: string
  bill_number: string
  mode: 'test' | 'live'
  currency: Currency
  asks_money: boolean
  status: BillStatus
  issue_at: number
  issued_at: number | null
  due_date: string | null
  due_fixed_at: number | null
  due_revision: number
  valid_until: string | null
  /** How often the institution amended the bill, plus one. */
  revision: number
  notice_revision: number
  notices_from: number | null
  charged_minor: bigint
  surcharged_minor: bigint
  reduced_minor: bigint
  surcharges: number
  paid_minor: bigint
  refunded_minor: bigint
  written_off_minor: bigint
  cancelled_minor: bigint
  settled_minor: bigint
  refund_settled_minor: bigint
  credit_minor: bigint
  fees_minor: bigint
  paid_at: number | null
  checkout_id: string | null
  checkout_stale: boolean
  /** The objection that is open, or null. */
  objection_id: string | null
  /** Which pause that objection began: the number of it, or null. */
  objection_pause: number | null
  settlement_asks: number
  exception_open: boolean
  stage: Stage
  due_at: number | null
  wake_at: number | null
  log_seq: number
  log_hash: Buffer | null
  preferred_channels: string[]
  citizen_zone: string | null
  addressed_channels: string[]
  pauses: Pause[]
  deliveries: Delivery[]
  refunds: OpenRefund[]
}

export const toBill = (row: BillRow): Bill => ({
  id: row.id,
  status: row.status,
  currency: row.currency,
  asksMoney: row.asks_money,
  issueAt: row.issue_at,
  issuedAt: row.issued_at,
  dueDate: row.due_date,
  dueFixedAt: row.due_fixed_at,
  dueRevision: row.due_revision,
  validUntil: row.valid_until,
  noticeRevision: row.notice_revision,
  noticesFrom: row.notices_from,
  preferredChannels: row.preferred_channels,
  citizenZone: row.citizen_zone,
  addressedChannels: row.addressed_channels,
  chargedMinor: row.charged_minor,
  surchargedMinor: row.surcharged_minor,
  reducedMinor: row.reduced_minor,
  surcharges: row.surcharges,
  paidMinor: row.paid_minor,
  refundedMinor: row.refunded_minor,
  writtenOffMinor: row.written_off_minor,
  cancelledMinor: row.cancelled_minor,
  settledMinor: row.settled_minor,
  refundSettledMinor: row.refund_settled_minor,
  creditMinor: row.credit_minor,
  paidAt: row.paid_at,
  checkoutOpen: row.checkout_id !== null,
  checkoutStale: row.checkout_stale,
  settlementAsks: row.settlement_asks,
  exceptionOpen: row.exception_open,
  pauses: row.pauses,
  deliveries: row.deliveries,
  refunds: row.refunds,
})
