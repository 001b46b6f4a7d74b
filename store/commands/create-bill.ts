import { conflict, invalid } from '../../domain/errors.ts'
import { endOfDay } from '../../domain/calendar.ts'
import { formatAmount, type Money } from '../../domain/money.ts'
import type { Currency } from '../../domain/currencies.ts'
import type { Tx } from '../connection.ts'
import { type CitizenInput, findCitizen, upsertCitizen } from '../citizens/upsert-citizen.ts'
import { newId } from '../ids.ts'
import { chainEntries, insertLogRows } from '../log/append-log.ts'
import { policyOf } from '../unit/policies.ts'
import { send } from '../unit/transaction.ts'
import type { Wake } from '../unit/with-bills.ts'

export interface NewBill {
  readonly institutionId: string
  readonly mode: 'test' | 'live'
  /** The institution's own number: unique within it. */
  readonly billNumber: string
  /** Name of the policy; its newest version is taken and kept. */
  readonly policy: string
  readonly title: string
  readonly details: readonly { readonly label: string; readonly value: string }[]
  /** Null for a notice that asks for no money. */
  readonly amount: Money | null
  readonly currency: Currency
  /** `YYYY-MM-DD`, or null to let the policy count it. */
  readonly dueDate: string | null
  /** The last day on which it may be paid here, `YYYY-MM-DD`; null (as when it is left out) where the policy says. */
  readonly validUntil?: string | null
  /** Milliseconds; nothing is sent before. */
  readonly issueAt: number
  readonly citizen: CitizenInput
  readonly actor: string
}

/**
 * Records a new bill with its charge, its first log entry and the fact that wakes its run.
 * @throws GojiError `policy_unknown`, `due_date_past`, `valid_until_before_issue` (invalid), `bill_number_taken` (conflict).
 */
export async function createBill(tx: Tx, input: NewBill, now: number): Promise<{ billId: string; wake: Wake }> {
  const [[policy], known] = await Promise.all([
    tx<{ id: string }[]>`
      select id from policies where institution_id = ${input.institutionId} and name = ${input.policy} order by version desc limit 1`,
    findCitizen(tx, input.citizen),
  ])
  if (!policy)
    throw invalid(
      'policy_unknown',
      `The institution has no policy named "${input.policy}". Create it first or correct the name.`,
      '/policy',
    )
  const { calendar } = await policyOf(tx, policy.id)
  if (input.dueDate !== null && endOfDay(input.dueDate, calendar.zone) < now) {
    throw invalid('due_date_past', 'The due date has passed. Give a later date, or none to let the policy count it.', '/dueDate')
  }
  if (typeof input.validUntil === 'string' && endOfDay(input.validUntil, calendar.zone) < input.issueAt)
    throw invalid('valid_until_before_issue', 'The end lies before the time of issue. Give a later one, or issue earlier.', '/validUntil')
  const citizenId = await upsertCitizen(tx, input.citizen, known, { institutionId: input.institutionId, now })
  const billId = newId('bill', now)
  const charged = input.amount?.minor ?? 0n
  const amount = formatAmount({ minor: charged, currency: input.currency })
  const log = chainEntries(`bill:${billId}`, { seq: 0, hash: null }, [
    { at: now, action: 'received', actor: input.actor, body: { amount, currency: input.currency } },
  ])
  const inserted = await tx`
    insert into bills (id, institution_id, citizen_id, policy_id, bill_number, mode, title, details, currency, asks_money, status, issue_at, due_date, valid_until,
      charged_minor, stage, wake_at, created_at, changed_at, log_seq, log_hash)
    values (${billId}, ${input.institutionId}, ${citizenId}, ${policy.id}, ${input.billNumber}, ${input.mode}, ${input.title}, ${tx.json(input.details as never)},
      ${input.currency}, ${input.amount !== null}, 'received', ${input.issueAt}, ${input.dueDate}, ${input.validUntil ?? null}, ${charged}, 'issue', ${input.issueAt}, ${now}, ${now},
      ${log.head.seq}, ${log.head.hash})
    on conflict (institution_id, bill_number) do nothing`
  if (inserted.count === 0) {
    throw conflict(
      'bill_number_taken',
      `The bill number "${input.billNumber}" is taken. Bill numbers are unique within an institution.`,
      '/billNumber',
    )
  }
  const factId = newId('fct', now)
  const line = input.amount === null ? 'a notice was received' : `a bill over ${amount} ${input.currency} was received`
  if (input.amount !== null) {
    send(
      tx,
      tx`insert into charges (bill_id, institution_id, seq, kind, amount_minor, at) values (${billId}, ${input.institutionId}, 1, 'issued', ${charged}, ${now})`,
    )
  }
  insertLogRows(tx, log.rows)
  send(
    tx,
    tx`insert into facts (id, bill_id, kind, line, occurred_at, recorded_at) values (${factId}, ${billId}, 'billCreated', ${line}, ${now}, ${now})`,
  )
  return { billId, wake: { billId, kind: 'billCreated', factId, line } }
}
