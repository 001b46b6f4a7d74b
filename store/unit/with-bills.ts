import type { PendingQuery, Row } from 'postgres'
import { dueAt } from '../../domain/due-date.ts'
import { earlyOffer } from '../../domain/early-payment.ts'
import { notFound } from '../../domain/errors.ts'
import { eventsOf } from '../../domain/events.ts'
import type { Tx } from '../connection.ts'
import { insertEvents } from '../events/insert-events.ts'
import { newId } from '../ids.ts'
import { chainEntries, insertLogRows } from '../log/append-log.ts'
import { toBill } from './bill-row.ts'
import { endSendingOfClosed } from './end-sending.ts'
import { HeldBill } from './held-bill.ts'
import { overtakeObjection } from './overtake-objection.ts'
import { policyOf } from './policies.ts'
import { lockBills, selectBills } from './select-bills.ts'
import { send } from './transaction.ts'

/** A fact that the bill's run has to hear of, once the transaction is committed. */
export interface Wake {
  readonly billId: string
  readonly kind: string
  readonly factId: string
  readonly line: string
}

/**
 * One command over many bills: the rows locked in the order of their ids, every bill written once, all in the caller's
 * transaction. A fact is left unapplied, and returned to be signalled after the commit, only where it changes what the
 * plan says; the sweep relays it if this process dies before it can. `beside` reads what else the command needs, under
 * the bills' locks and in the same round trip.
 * @throws GojiError `bill_not_found` when one of the ids does not exist.
 */
export async function withBills<T, Beside = undefined>(
  tx: Tx,
  ids: readonly string[],
  now: number,
  work: (held: HeldBill[], beside: Beside) => Promise<T>,
  beside?: () => Promise<Beside>,
): Promise<{ result: T; wakes: Wake[] }> {
  lockBills(tx, ids)
  const [rows, besides] = await Promise.all([selectBills(tx, ids), beside?.()])
  if (rows.length !== new Set(ids).size) throw notFound('bill')
  const held = await Promise.all(rows.map(async (row) => new HeldBill(row, await policyOf(tx, row.policy_id), now)))
  const result = await work(held, besides as Beside)
  return { result, wakes: writeBills(tx, held, now) }
}

/** One command over one bill; see `withBills`. */
export function withBill<T, Beside = undefined>(
  tx: Tx,
  id: string,
  now: number,
  work: (held: HeldBill, beside: Beside) => Promise<T>,
  beside?: () => Promise<Beside>,
): Promise<{ result: T; wakes: Wake[] }> {
  return withBills(tx, [id], now, ([held], besides: Beside) => work(held as HeldBill, besides), beside)
}

function writeBills(tx: Tx, held: readonly HeldBill[], now: number): Wake[] {
  for (const one of held) {
    overtakeObjection(tx, one, now)
    endSendingOfClosed(tx, one, now)
  }
  const logs = held.map((one) => chainEntries(`bill:${one.bill.id}`, { seq: one.row.log_seq, hash: one.row.log_hash }, one.entries))
  const facts = held.flatMap((one) => (one.fact ? [{ one, fact: one.fact, id: newId('fct', now), changes: one.planChanged() }] : []))
  for (const [index, one] of held.entries()) send(tx, updateBill(tx, one, logs[index]?.head ?? { seq: 0, hash: null }, now))
  insertLogRows(
    tx,
    logs.flatMap(({ rows }) => rows),
  )
  insertEvents(tx, held.flatMap(tell), now)
  if (facts.length > 0) {
    const rows = facts.map(({ one, fact, id, changes }) => ({
      id,
      bill_id: one.bill.id,
      kind: fact.kind,
      subject_id: fact.subjectId,
      line: fact.line,
      occurred_at: fact.occurredAt,
      recorded_at: now,
      applied_at: changes ? null : now,
    }))
    send(tx, tx`insert into facts ${tx(rows)}`)
  }
  return facts
    .filter(({ changes }) => changes)
    .map(({ one, fact, id }) => ({ billId: one.bill.id, kind: fact.kind, factId: id, line: fact.line }))
}

/** What the bill's institution hears of this change. */
function tell({ bill, row, policy, entries }: HeldBill): Parameters<typeof insertEvents>[1][number][] {
  const source = { institutionId: row.institution_id, mode: row.mode, subject: `bill:${bill.id}`, billId: bill.id }
  return entries.length === 0 ? [] : eventsOf(toBill(row), bill, policy, entries).map((event) => ({ source, event }))
}

function updateBill(tx: Tx, held: HeldBill, head: { seq: number; hash: Buffer | null }, now: number): PendingQuery<Row[]> {
  const { bill, looked } = held
  const { stage, at } = held.plan()
  const early = earlyOffer(bill, held.policy)
  return tx`
    ${looked ? tx`with applied as (update facts set applied_at = ${now} where bill_id = ${bill.id} and applied_at is null)` : tx``}
    update bills set status = ${bill.status}, issued_at = ${bill.issuedAt}, due_date = ${bill.dueDate}, due_fixed_at = ${bill.dueFixedAt}, due_revision = ${bill.dueRevision},
      revision = ${held.revision}, notice_revision = ${bill.noticeRevision}, notices_from = ${bill.noticesFrom}, charged_minor = ${bill.chargedMinor},
      surcharged_minor = ${bill.surchargedMinor}, reduced_minor = ${bill.reducedMinor}, surcharges = ${bill.surcharges},
      early_minor = ${early?.minor ?? 0n}, early_until = ${early?.until ?? null},
      paid_minor = ${bill.paidMinor}, refunded_minor = ${bill.refundedMinor}, written_off_minor = ${bill.writtenOffMinor},
      cancelled_minor = ${bill.cancelledMinor}, settled_minor = ${bill.settledMinor}, refund_settled_minor = ${bill.refundSettledMinor}, fees_minor = ${held.feesMinor}, paid_at = ${bill.paidAt},
      checkout_id = ${held.checkoutId}, checkout_stale = ${bill.checkoutStale}, objection_id = ${held.objectionId}, settlement_asks = ${bill.settlementAsks}, exception_open = ${bill.exceptionOpen},
      stage = ${stage}, due_at = ${dueAt(bill, held.policy)}, ${looked ? tx`wake_at = ${at}, wakes_missed = 0,` : tx``} log_seq = ${head.seq}, log_hash = ${head.hash}, changed_at = ${now}
    where id = ${bill.id}`
}
