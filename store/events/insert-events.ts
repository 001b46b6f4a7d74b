import type { BillEvent } from '../../domain/events.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import { send } from '../unit/transaction.ts'

/** Whose events they are, and what they are about: within a subject their order is kept. */
export interface EventSource {
  readonly institutionId: string
  readonly mode: 'test' | 'live'
  /** `bill:<id>`, `batch:<id>`. */
  readonly subject: string
  readonly billId: string | null
}

/**
 * Records events in the transaction of the change that they tell of, under the lock of their subject. Their place in the
 * feed comes after the commit (`place-events.ts`).
 */
export function insertEvents(tx: Tx, events: readonly { source: EventSource; event: BillEvent }[], now: number): void {
  if (events.length === 0) return
  const rows = events.map(({ source, event }) => ({
    id: newId('evt', now),
    institution_id: source.institutionId,
    mode: source.mode,
    type: event.type,
    subject: source.subject,
    bill_id: source.billId,
    at: now,
    data: tx.json(event.data as never),
  }))
  send(tx, tx`insert into events ${tx(rows as never)}`)
}
