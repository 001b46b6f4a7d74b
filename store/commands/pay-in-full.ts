import { isInBank, owedMinor } from '../../domain/bill.ts'
import { isPayable } from '../../domain/states/bill.ts'
import type { HeldBill } from '../unit/held-bill.ts'

/** Moves a held bill on that owes nothing any more: a payment was the last part, or less is asked for now. */
export function payInFull(held: HeldBill): void {
  const { bill } = held
  if (bill.asksMoney && isPayable(bill.status) && owedMinor(bill) === 0n) held.move(isInBank(bill) ? 'payInBank' : 'payInFull')
}
