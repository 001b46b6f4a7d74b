import { servedAt } from '../../domain/chain.ts'
import { dueAt } from '../../domain/due-date.ts'
import type { HeldBill } from '../unit/held-bill.ts'

const isServed = ({ bill, policy }: HeldBill): boolean => servedAt(bill, policy) !== null

/** Proof of service moves an issued bill to `delivered`. */
export function proveService(held: HeldBill): void {
  if (held.bill.status === 'issued' && isServed(held)) held.move('serve')
}

/**
 * A letter that came back takes its proof of service away again, and with it a due date that was counted from it: then
 * the bill is not overdue any more, nor a notice concluded.
 */
export function takeBackService(held: HeldBill, now: number): void {
  const { bill, policy } = held
  if (!isServed(held) && (bill.status === 'delivered' || bill.status === 'concluded')) held.move('unserve')
  if (bill.status !== 'overdue') return
  const due = dueAt(bill, policy)
  // While a pause is open the date is unknown for that reason alone.
  if (due === null ? bill.pauses.every(({ until }) => until !== null) : due > now) held.move('unserve')
  proveService(held)
}
