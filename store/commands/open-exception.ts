import { formatAmount, type Money } from '../../domain/money.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { send } from '../unit/transaction.ts'

/** Something of a bill that a person has to look at. Opened again under the same subject, it counts from now. */
export function openException(tx: Tx, held: HeldBill, kind: string, subjectId: string, now: number): void {
  send(
    tx,
    tx`
    insert into exceptions (id, bill_id, institution_id, kind, subject_id, owner, opened_at)
    values (${newId('exc', now)}, ${held.bill.id}, ${held.row.institution_id}, ${kind}, ${subjectId}, 'operations', ${now})
    on conflict (kind, subject_id) do update set opened_at = excluded.opened_at, closed_at = null where exceptions.closed_at is not null`,
  )
}

export const closeException = (tx: Tx, kind: string, subjectId: string, now: number): void =>
  send(tx, tx`update exceptions set closed_at = ${now} where kind = ${kind} and subject_id = ${subjectId} and closed_at is null`)

/** Another amount or currency came than was asked for. The money is booked as it came, and a person looks. */
export function openAmountException(
  tx: Tx,
  held: HeldBill,
  { paymentId, amount, now }: { paymentId: string; amount: Money; now: number },
): void {
  openException(tx, held, 'amountDiffers', paymentId, now)
  held.log('amountDiffers', 'engine', { paymentId, amount: formatAmount(amount), currency: amount.currency })
}
