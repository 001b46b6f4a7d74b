import { isPayable } from '../../domain/states/bill.ts'
import { cancelBill, writeOffBill } from '../../store/commands/drop-charge.ts'
import { extendBill } from '../../store/commands/extend-bill.ts'
import { type Order, pauseBill, resumeBill } from '../../store/commands/pause-bill.ts'
import type { Tx } from '../../store/connection.ts'
import type { Wake } from '../../store/unit/with-bills.ts'
import type { BillData } from './bill-data.ts'

export const ORDERS = ['pause', 'resume', 'extend', 'cancel', 'write-off'] as const
export type OrderName = (typeof ORDERS)[number]

/** Orders with a form of their own beside those. */
export type BillOrder = OrderName | 'amend' | 'refund'

/** Orders that end a bill ask for one more tick. */
export const isFinal = (name: OrderName): boolean => name === 'cancel' || name === 'write-off'

/** What may be ordered of a bill as it stands. The store decides again. */
export function ordersFor({ bill, paused, dueAt, refundable }: BillData): BillOrder[] {
  const { status } = bill
  const payable = isPayable(status)
  const simple = ORDERS.filter((name) => {
    if (name === 'resume') return paused
    if (name === 'pause') return !paused && (payable || status === 'received')
    if (name === 'extend') return bill.asksMoney && dueAt !== null && (payable || status === 'received')
    return name === 'cancel' ? payable || status === 'received' : payable && bill.asksMoney
  })
  const isAmendable = bill.asksMoney && (payable || status === 'received')
  return [...simple, ...(isAmendable ? (['amend'] as const) : []), ...(refundable.length > 0 ? (['refund'] as const) : [])]
}

/** Carries an order out in the caller's transaction. `dueDate` is that of an extension. */
export function carryOut(tx: Tx, name: OrderName, order: Order, dueDate: string, now: number): Promise<Wake[]> {
  switch (name) {
    case 'pause':
      return pauseBill(tx, order, now)
    case 'resume':
      return resumeBill(tx, order, now)
    case 'extend':
      return extendBill(tx, { ...order, dueDate }, now)
    case 'cancel':
      return cancelBill(tx, order, now)
    case 'write-off':
      return writeOffBill(tx, order, now)
  }
}
