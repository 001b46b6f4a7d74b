import type { Currency } from '../../domain/currencies.ts'
import type { BillAmendment } from '../../store/bills/amendments-of-bill.ts'
import type { BillExtension } from '../../store/bills/extensions-of-bill.ts'
import type { BillDelivery } from '../../store/deliveries/deliveries-of-bill.ts'
import type { BillPayment } from '../../store/payments/payments-of-bill.ts'
import type { BillRefund } from '../../store/refunds/refunds-of-bill.ts'
import { wire } from '../../schemas/money.ts'
import { toIso, toIsoOrNull } from '../../schemas/time.ts'

export const deliveryView = (row: BillDelivery): object => ({
  id: row.id,
  key: row.key,
  purpose: row.purpose,
  channel: row.channel,
  state: row.state,
  attempts: row.attempts,
  attemptedAt: toIso(row.attempted_at),
  acceptedAt: toIsoOrNull(row.accepted_at),
  deliveredAt: toIsoOrNull(row.delivered_at),
  readAt: toIsoOrNull(row.read_at),
  endedAt: toIsoOrNull(row.ended_at),
  failure: row.failure_kind === null ? null : { kind: row.failure_kind, code: row.failure_code },
  possibleDuplicate: row.possible_duplicate,
  returnReason: row.return_reason,
  cost: row.cost_minor === null ? null : wire(row.cost_minor, row.currency),
})

export const paymentView = (row: BillPayment): object => ({
  id: row.id,
  checkoutId: row.checkout_id,
  method: row.method,
  amount: wire(row.amount_minor, row.currency),
  state: row.state,
  paidAt: toIso(row.paid_at),
  settledAt: toIsoOrNull(row.settled_at),
})

export const refundView = (row: BillRefund): object => ({
  id: row.id,
  paymentId: row.payment_id,
  amount: wire(row.amount_minor, row.currency),
  state: row.state,
  reason: row.reason,
  failureCode: row.failure_code,
  fromAllocation: row.from_allocation,
  requestedAt: toIso(row.requested_at),
  refundedAt: toIsoOrNull(row.refunded_at),
})

export const extensionView = (row: BillExtension): object => ({
  dueDate: row.due_date,
  dueBefore: toIsoOrNull(row.due_before),
  reason: row.reason,
  byCitizen: row.by_citizen,
  at: toIso(row.at),
})

export const amendmentView = (row: BillAmendment, currency: Currency): object => ({
  revision: row.revision,
  amountBefore: row.amount_before_minor === null ? null : wire(row.amount_before_minor, currency),
  amount: row.amount_minor === null ? null : wire(row.amount_minor, currency),
  dueDate: row.due_date,
  detailsChanged: row.details_changed,
  servedAgain: row.served_again,
  reason: row.reason,
  at: toIso(row.at),
})
