import { owedMinor } from '../../domain/bill.ts'
import { conflict } from '../../domain/errors.ts'
import { allows } from '../../domain/states/table.ts'
import { billMachine } from '../../domain/states/bill.ts'
import { insertCharge } from '../charges/insert-charge.ts'
import type { Tx } from '../connection.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { type Wake, withBill } from '../unit/with-bills.ts'
import type { Order } from './pause-bill.ts'

/**
 * Takes back a bill that should not be: what is still owed is cancelled. What was paid before stays with the
 * institution; a payment under way goes back to the citizen by itself when it arrives.
 * @throws GojiError `bill_paid` or `bill_closed` (conflict).
 */
export const cancelBill = (tx: Tx, order: Order, now: number): Promise<Wake[]> => dropCharge(tx, order, now, 'cancel')

/** Gives up what is still owed on a rightful bill. @throws GojiError `bill_paid`, `bill_closed` or `bill_not_issued` (conflict). */
export const writeOffBill = (tx: Tx, order: Order, now: number): Promise<Wake[]> => dropCharge(tx, order, now, 'writeOff')

async function dropCharge(tx: Tx, order: Order, now: number, event: 'cancel' | 'writeOff'): Promise<Wake[]> {
  const { wakes } = await withBill(tx, order.billId, now, async (held) => drop(tx, held, order, event, now))
  return wakes
}

/** The same for a bill that is held already. */
export function drop(tx: Tx, held: HeldBill, order: Omit<Order, 'billId'>, event: 'cancel' | 'writeOff', now: number): void {
  refuseUnless(held, event)
  const owed = owedMinor(held.bill)
  if (owed > 0n) insertCharge(tx, held, { kind: event === 'cancel' ? 'cancellation' : 'writeOff', minor: owed, reason: order.reason }, now)
  held.change(
    event === 'cancel' ? { cancelledMinor: held.bill.cancelledMinor + owed } : { writtenOffMinor: held.bill.writtenOffMinor + owed },
  )
  held.move(event)
  held.log(held.bill.status, order.actor, { reason: order.reason })
  const kind = event === 'cancel' ? 'cancelled' : 'writtenOff'
  held.fact = {
    kind,
    subjectId: null,
    occurredAt: now,
    line: event === 'cancel' ? 'the institution cancelled the bill' : 'the institution wrote the bill off',
  }
}

function refuseUnless(held: HeldBill, event: 'cancel' | 'writeOff'): void {
  const { status } = held.bill
  if (allows(billMachine, status, event)) return
  if (status === 'paid' || status === 'settled') throw conflict('bill_paid', 'The bill is paid. Refund the payment instead.')
  if (status === 'received') throw conflict('bill_not_issued', 'The bill is not issued yet. Cancel it instead.')
  throw conflict('bill_closed', `The bill is ${status} already.`)
}
