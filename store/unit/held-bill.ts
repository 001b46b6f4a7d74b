import { type Bill, type Delivery } from '../../domain/bill.ts'
import { nextStep } from '../../domain/plan.ts'
import type { Policy } from '../../domain/policy.ts'
import type { BillFact } from '../../domain/signals.ts'
import { type BillEvent, billMachine } from '../../domain/states/bill.ts'
import { transition } from '../../domain/states/table.ts'
import type { Candidate } from '../../domain/step.ts'
import type { NewLogEntry } from '../log/append-log.ts'
import { type BillRow, toBill } from './bill-row.ts'

export interface NewFact {
  readonly kind: BillFact
  readonly subjectId: string | null
  readonly occurredAt: number
  /** What the Temporal UI shows; without personal data. */
  readonly line: string
}

/** A bill under its row lock, inside one transaction: a command changes it here, and `with-bills.ts` writes it once. */
export class HeldBill {
  readonly row: BillRow
  readonly policy: Policy
  readonly before: Candidate
  readonly entries: NewLogEntry[] = []
  fact: NewFact | undefined
  bill: Bill
  checkoutId: string | null
  feesMinor: bigint
  readonly #now: number

  constructor(row: BillRow, policy: Policy, now: number) {
    this.row = row
    this.policy = policy
    this.bill = toBill(row)
    this.checkoutId = row.checkout_id
    this.feesMinor = row.fees_minor
    this.before = nextStep(this.bill, policy, now)
    this.#now = now
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
    this.change({ checkoutOpen: checkoutId !== null })
  }

  log(action: string, actor: string, body: Readonly<Record<string, unknown>> = {}): void {
    this.entries.push({ at: this.#now, action, actor, body })
  }

  plan(): Candidate {
    return nextStep(this.bill, this.policy, this.#now)
  }

  /** Does what was done change what the plan says? Only then does the bill's run have to be woken. */
  planChanged(): boolean {
    const after = this.plan()
    return after.stage !== this.before.stage || after.step?.key !== this.before.step?.key || after.at !== this.before.at
  }
}
