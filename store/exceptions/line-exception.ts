import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import { send } from '../unit/transaction.ts'

export interface LineException {
  readonly lineId: string
  /** `line`: nobody knows what it is; `lineRevised`: it is booked, and the bank took it out of its statement. */
  readonly kind: 'line' | 'lineRevised'
  readonly reason: string
}

/** Opens the exception of a file's line. Opening what is open gives it another reason; its owner and age stay. */
export function openLineException(tx: Tx, { lineId, kind, reason }: LineException, now: number): void {
  send(
    tx,
    tx`
    insert into exceptions (id, kind, subject_id, line_id, reason, owner, opened_at)
    values (${newId('exc', now)}, ${kind}, ${lineId}, ${lineId}, ${reason}, 'operations', ${now})
    on conflict (kind, subject_id) do update set reason = excluded.reason, closed_at = null, closed_by = null, outcome = null`,
  )
}

/** Closes the exception of a line that was placed or put away, where there is one. */
export function closeLineException(
  tx: Tx,
  { lineId, outcome, actor, note }: { lineId: string; outcome: string; actor: string; note?: string },
  now: number,
): void {
  send(
    tx,
    tx`
    update exceptions set closed_at = ${now}, closed_by = ${actor}, outcome = ${outcome}, note = ${note ?? null}
    where line_id = ${lineId} and kind = 'line' and closed_at is null`,
  )
}
