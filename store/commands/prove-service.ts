import { servedAt } from '../../domain/chain.ts'
import { dueAt } from '../../domain/due-date.ts'
import type { Tx } from '../connection.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { takeAllSurchargesBack } from './fees.ts'
import { payInFull } from './pay-in-full.ts'

const isServed = ({ bill, policy }: HeldBill): boolean => servedAt(bill, policy) !== null

/** Proof of service moves an issued bill to `delivered`. */
export function proveService(held: HeldBill): void {
  if (held.bill.status === 'issued' && isServed(held)) held.move('serve')
}

/**
 * A letter that came back takes its proof of service away again, and with it a due date that was counted from it: then
 * the bill is not overdue any more, nor was it, so that no surcharge stands; nor is a notice concluded.
 */
export async function takeBackService(tx: Tx, held: HeldBill, now: number): Promise<void> {
  const { bill, policy } = held
  if (!isServed(held) && (bill.status === 'delivered' || bill.status === 'concluded')) held.move('unserve')
  if (bill.status !== 'overdue') return
  const due = dueAt(bill, policy)
  // While a pause is open the date is unknown for that reason alone.
  if (due === null ? bill.pauses.some(({ until }) => until === null) : due <= now) return
  held.move('unserve')
  if (bill.surcharges > 0) await takeAllSurchargesBack(tx, held, now, 'letterReturned')
  proveService(held)
  payInFull(held)
}
