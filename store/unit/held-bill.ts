import { type Bill, type Delivery, isPaused } from '../../domain/bill.ts'
import { dueAt } from '../../domain/due-date.ts'
import { nextStep } from '../../domain/plan.ts'
import type { Policy } from '../../domain/policy.ts'
import type { BillFact } from '../../domain/signals.ts'
import { type BillEvent, billMachine, type BillStatus, isFinalStatus } from '../../domain/states/bill.ts'
import { transition } from '../../domain/states/table.ts'
import type { Candidate, Stage, Step } from '../../domain/step.ts'
import type { NewLogEntry } from '../log/append-log.ts'
import { type BillRow, toBill } from './bill-row.ts'

export interface NewFact {
  readonly kind: BillFact
  readonly subjectId: string | null
  readonly occurredAt: number
  /** What the Temporal UI shows; without personal data. */
  readonly line: string
}

/** What a bill's run is told at each wake: small, because history keeps it. Times are milliseconds. */
export interface View {
  readonly stage: Stage
  readonly step: Step | null
  /** When the step is due; null when only a signal can move the bill. */
  readonly at: number | null
  readonly status: BillStatus
  /** Null while it is unknown, and once nothing is due any more. */
  readonly dueAt: number | null
  readonly paused: boolean
}

/** What operators search a run by. */
export type Shown = Pick<View, 'stage' | 'status' | 'dueAt' | 'paused'>

/** A bill under its row lock, inside one transaction: a command changes it here, and `with-bills.ts` writes it once. */
export class HeldBill {
  readonly row: BillRow
  readonly policy: Policy
  readonly before: Candidate
  readonly entries: NewLogEntry[] = []
  fact: NewFact | undefined
  bill: Bill
  checkoutId: string | null
  objectionId: string | null
  revision: number
  /** What was done has to be shown to operators at once, also where the next step stays as it was. */
  mustWake = false
  feesMinor: bigint
  looked = false
  #planned: { bill: Bill; next: Candidate } | undefined
  readonly #now: number

  constructor(row: BillRow, policy: Policy, now: number) {
    this.row = row
    this.policy = policy
    this.bill = toBill(row)
    this.checkoutId = row.checkout_id
    this.objectionId = row.objection_id
    this.revision = row.revision
    this.feesMinor = row.fees_minor
    this.#now = now
    this.before = this.plan()
  }

  /** @throws GojiError `bill_transition_illegal`. */
  move(event: BillEvent): void {
    this.bill = { ...this.bill, status: transition(billMachine, this.bill.status, event) }
  }

  change(changes: Partial<Bill>): void {
    this.bill = { ...this.bill, ...changes }
  }

  /** Puts a delivery as it now is into the bill that the plan sees. */
  putDelivery(delivery: Delivery): void {
    this.change({ deliveries: [...this.bill.deliveries.filter(({ key }) => key !== delivery.key), delivery] })
  }

  claim(checkoutId: string | null): void {
    this.checkoutId = checkoutId
    this.change({ checkoutOpen: checkoutId !== null, checkoutStale: false })
  }

  log(action: string, actor: string, body: Readonly<Record<string, unknown>> = {}): void {
    this.entries.push({ at: this.#now, action, actor, body })
  }

  /** What the plan says of the bill as it now is. */
  plan(): Candidate {
    if (this.#planned?.bill !== this.bill) this.#planned = { bill: this.bill, next: nextStep(this.bill, this.policy, this.#now) }
    return this.#planned.next
  }

  /** The bill's run reads the bill: what it is told is written as when to look again, and every fact so far is applied. */
  look(): View {
    this.looked = true
    const { stage, step, at } = this.plan()
    const { status } = this.bill
    return { stage, step, at, status, dueAt: isFinalStatus(status) ? null : dueAt(this.bill, this.policy), paused: isPaused(this.bill) }
  }

  /**
   * Does what was done change what the plan says? Only then does the bill's run have to be woken; and for a pause, by
   * which operators search, also where it stops no clock that matters now.
   */
  planChanged(): boolean {
    const after = this.plan()
    const changed = after.stage !== this.before.stage || after.step?.key !== this.before.step?.key || after.at !== this.before.at
    return changed || this.mustWake || isPaused(this.bill) !== isPaused(this.row)
  }
}
