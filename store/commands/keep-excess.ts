import type { Currency } from '../../domain/currencies.ts'
import { formatAmount } from '../../domain/money.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { send } from '../unit/transaction.ts'
import { openException } from './open-exception.ts'

export interface KeptExcess {
  readonly paymentId: string
  readonly kind: 'held' | 'credit'
  readonly minor: bigint
  /** The payment's, which may not be the bill's. */
  readonly currency: Currency
  readonly occurredAt: number
}

/**
 * Keeps what a bill could not take. Held money waits for a person, so it has an exception with an age and an owner; a
 * credit waits for the citizen's next bill of the same institution.
 */
export function keepExcess(tx: Tx, held: HeldBill, { paymentId, kind, minor, currency, occurredAt }: KeptExcess, now: number): void {
  const { bill, row } = held
  const id = newId('exs', now)
  send(
    tx,
    tx`
    insert into excesses (id, payment_id, bill_id, institution_id, citizen_id, mode, kind, currency, amount_minor, at)
    values (${id}, ${paymentId}, ${bill.id}, ${row.institution_id}, ${row.citizen_id}, ${row.mode}, ${kind}, ${currency}, ${minor}, ${now})`,
  )
  if (kind === 'held') {
    openException(tx, held, 'excessHeld', id, now)
  } else held.change({ creditMinor: bill.creditMinor + minor })
  const amount = formatAmount({ minor, currency })
  held.log(kind === 'held' ? 'excessHeld' : 'excessCredited', 'engine', { excessId: id, paymentId, amount, currency })
  held.fact = {
    kind: 'paymentReceived',
    subjectId: paymentId,
    occurredAt,
    line: `${amount} ${currency} was paid that the bill does not take; ${kind === 'held' ? 'it is held until somebody decides' : "it is kept for the citizen's next bill"}`,
  }
}
