import { dueAt } from '../../domain/due-date.ts'
import { nextStep } from '../../domain/plan.ts'
import type { BillStatus } from '../../domain/states/bill.ts'
import type { Stage, Step } from '../../domain/step.ts'
import type { Tx } from '../connection.ts'
import { toBill } from '../unit/bill-row.ts'
import { policyOf } from '../unit/policies.ts'
import { selectBills } from '../unit/select-bills.ts'
import { notFound } from '../../domain/errors.ts'

/** What a bill's run is told at each wake: small, because history keeps it. Times are milliseconds. */
export interface View {
  readonly stage: Stage
  readonly step: Step | null
  /** When the step is due; null when only a signal can move the bill. */
  readonly at: number | null
  readonly status: BillStatus
  readonly dueAt: number | null
  readonly paused: boolean
}

/**
 * Reads the bill for its run: asks the plan, marks the facts as applied that this reading has seen, and writes when to
 * look again, by which the sweep finds a run that was lost. One row read, one written.
 */
export async function look(tx: Tx, billId: string, now: number): Promise<View> {
  const [row] = await selectBills(tx, [billId], true)
  if (!row) throw notFound('bill')
  const policy = await policyOf(tx, row.policy_id)
  const bill = toBill(row)
  const next = nextStep(bill, policy, now)
  const due = dueAt(bill, policy)
  await tx`
    with applied as (update facts set applied_at = ${now} where bill_id = ${billId} and applied_at is null)
    update bills set stage = ${next.stage}, due_at = ${due}, wake_at = ${next.at}, wakes_missed = 0 where id = ${billId}`
  return { stage: next.stage, step: next.step, at: next.at, status: bill.status, dueAt: due, paused: bill.pauses.some(({ until }) => until === null) }
}
