import { type Bill, isPaused, owedMinor } from '../../domain/bill.ts'
import { dueAt } from '../../domain/due-date.ts'
import { type Forecast, forecast } from '../../domain/plan.ts'
import { notFound } from '../../domain/errors.ts'
import { assertOwned } from '../../store/bills/assert-owned.ts'
import { type BillFace, billFaces } from '../../store/bills/bill-faces.ts'
import { refundableParts, type RefundablePart } from '../../store/refunds/refundable-parts.ts'
import { isId } from '../../store/ids.ts'
import { type BillRow, toBill } from '../../store/unit/bill-row.ts'
import { policyOf } from '../../store/unit/policies.ts'
import { selectBills } from '../../store/unit/select-bills.ts'
import type { ClerkVisit } from './context.ts'

/** A bill as a clerk sees it: its sums and what the plan says, nothing of the citizen's contacts. */
export interface BillData {
  readonly row: BillRow
  readonly bill: Bill
  readonly face: BillFace
  readonly owedMinor: bigint
  /** Milliseconds; null where nobody can say yet. */
  readonly dueAt: number | null
  readonly paused: boolean
  readonly coming: readonly Forecast[]
  /** What of each payment may still go back, the newest first; payments of which nothing may are left out. */
  readonly refundable: readonly RefundablePart[]
}

/** The bill that the address names. @throws GojiError `bill_not_found`, also for another institution's. */
export async function billOf({ root, clerk, request, now }: ClerkVisit): Promise<BillData> {
  const id = String(request.params['id'])
  if (!isId('bill', id)) throw notFound('bill')
  await assertOwned(root.sql, clerk.owner, id)
  const [[row], [face], parts] = await Promise.all([selectBills(root.sql, [id]), billFaces(root.sql, [id]), refundableParts(root.sql, id)])
  if (!row || !face) throw notFound('bill')
  const policy = await policyOf(root.sql, row.policy_id)
  const bill = toBill(row)
  return {
    row,
    bill,
    face,
    owedMinor: owedMinor(bill),
    dueAt: dueAt(bill, policy),
    paused: isPaused(bill),
    coming: forecast(bill, policy, now),
    refundable: parts.filter(({ left_minor: left }) => left > 0n),
  }
}
