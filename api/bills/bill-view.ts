import type { Root } from '../../composition/root.ts'
import { isPaused, owedMinor } from '../../domain/bill.ts'
import type { Currency } from '../../domain/currencies.ts'
import { dueAt } from '../../domain/due-date.ts'
import { earlyOffer } from '../../domain/early-payment.ts'
import { expiresAt } from '../../domain/expiry.ts'
import { notFound } from '../../domain/errors.ts'
import { nextStep } from '../../domain/plan.ts'
import { type BillStatus, isPayable } from '../../domain/states/bill.ts'
import { amendmentsOfBill } from '../../store/bills/amendments-of-bill.ts'
import { describeBill } from '../../store/bills/describe-bill.ts'
import { extensionsOfBill } from '../../store/bills/extensions-of-bill.ts'
import type { ListedBill } from '../../store/bills/list-bills.ts'
import type { Queryable } from '../../store/connection.ts'
import { deliveriesOfBill } from '../../store/deliveries/deliveries-of-bill.ts'
import { paymentsOfBill } from '../../store/payments/payments-of-bill.ts'
import { refundsOfBill } from '../../store/refunds/refunds-of-bill.ts'
import { toBill } from '../../store/unit/bill-row.ts'
import { policyOf } from '../../store/unit/policies.ts'
import { selectBills } from '../../store/unit/select-bills.ts'
import { wire } from '../../schemas/money.ts'
import { toIso, toIsoOrNull } from '../../schemas/time.ts'
import { billLinks } from './bill-links.ts'
import { amendmentView, deliveryView, extensionView, paymentView, refundView } from './bill-parts.ts'
import { nextView } from './next-step.ts'

type Sums = Pick<
  ListedBill,
  | 'charged_minor'
  | 'surcharged_minor'
  | 'reduced_minor'
  | 'paid_minor'
  | 'refunded_minor'
  | 'written_off_minor'
  | 'cancelled_minor'
  | 'settled_minor'
  | 'fees_minor'
>

const owedOf = (row: Sums): bigint =>
  owedMinor({
    chargedMinor: row.charged_minor,
    paidMinor: row.paid_minor,
    refundedMinor: row.refunded_minor,
    writtenOffMinor: row.written_off_minor,
    cancelledMinor: row.cancelled_minor,
  })

const amountsView = (row: Sums & { currency: Currency }): object => ({
  charged: wire(row.charged_minor, row.currency),
  surcharged: wire(row.surcharged_minor, row.currency),
  reduced: wire(row.reduced_minor, row.currency),
  paid: wire(row.paid_minor, row.currency),
  refunded: wire(row.refunded_minor, row.currency),
  owed: wire(owedOf(row), row.currency),
  settled: wire(row.settled_minor, row.currency),
  fees: wire(row.fees_minor, row.currency),
  writtenOff: wire(row.written_off_minor, row.currency),
  cancelled: wire(row.cancelled_minor, row.currency),
})

const isOverdue = (row: Sums & { status: BillStatus }, due: number | null, now: number): boolean =>
  due !== null && due < now && isPayable(row.status) && owedOf(row) > 0n

/** A bill in a list. */
export const summaryView = (row: ListedBill, now: number): object => ({
  id: row.id,
  institution: row.institution_id,
  billNumber: row.bill_number,
  mode: row.mode,
  title: row.title,
  asksMoney: row.asks_money,
  status: row.status,
  stage: row.stage,
  amounts: amountsView(row),
  dueAt: toIsoOrNull(row.due_at),
  overdue: isOverdue(row, row.due_at, now),
  createdAt: toIso(row.created_at),
})

/**
 * Everything an institution may know of a bill. Nothing of the citizen is in it: a name or an address may have come from
 * another institution. @throws GojiError `bill_not_found`.
 */
export async function billView(sql: Queryable, root: Pick<Root, 'config'>, billId: string, now: number): Promise<object> {
  const [[row], description, deliveries, payments, refunds, extensions, amendments] = await Promise.all([
    selectBills(sql, [billId]),
    describeBill(sql, billId),
    deliveriesOfBill(sql, billId),
    paymentsOfBill(sql, billId),
    refundsOfBill(sql, billId),
    extensionsOfBill(sql, billId),
    amendmentsOfBill(sql, billId),
  ])
  if (!row) throw notFound('bill')
  const policy = await policyOf(sql, row.policy_id)
  const bill = toBill(row)
  const due = dueAt(bill, policy)
  const next = nextStep(bill, policy, now)
  const paused = isPaused(bill)
  const early = earlyOffer(bill, policy)
  return {
    ...summaryView({ ...row, title: description.title, created_at: description.created_at, due_at: due, stage: next.stage }, now),
    policy: { name: description.policy_name, version: description.policy_version },
    details: description.details,
    dueDate: row.due_date,
    validUntil: row.valid_until,
    expiresAt: bill.asksMoney ? toIsoOrNull(expiresAt(bill, policy)) : null,
    revision: row.revision,
    extensions: extensions.map(extensionView),
    objection: row.objection_id,
    amendments: amendments.map((amendment) => amendmentView(amendment, row.currency)),
    issueAt: toIso(row.issue_at),
    issuedAt: toIsoOrNull(row.issued_at),
    changedAt: toIso(description.changed_at),
    early: early === null ? null : { saves: wire(early.minor, row.currency), until: toIsoOrNull(early.until) },
    paused,
    pauses: description.pauses.map(({ reason, from, until }) => ({ reason, from: toIso(from), until: toIsoOrNull(until) })),
    deliveries: deliveries.map(deliveryView),
    payments: payments.map(paymentView),
    refunds: refunds.map(refundView),
    next: nextView(next, paused),
    links: billLinks(root, row.id, isPayable(row.status) && owedOf(row) > 0n),
  }
}
