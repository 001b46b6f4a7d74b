import { isInBank, owedMinor } from '../../domain/bill.ts'
import { invalid } from '../../domain/errors.ts'
import { insertCharge } from '../charges/insert-charge.ts'
import type { Tx } from '../connection.ts'
import type { HeldBill } from '../unit/held-bill.ts'

/** Charges a held bill with another amount, by a row of its own. An open payment page asks for the wrong one from then on. */
export function changePrincipal(
  tx: Tx,
  held: HeldBill,
  change: { readonly from: bigint; readonly to: bigint; readonly reason: string },
  now: number,
): void {
  const { from, to, reason } = change
  const difference = to - from
  const { bill } = held
  if (owedMinor(bill) + difference < 0n)
    throw invalid('amount_below_paid', 'More than this is paid already. Refund a part of the payment first.', '/amount/amount')
  const size = difference > 0n ? difference : -difference
  insertCharge(tx, held, { kind: difference > 0n ? 'increase' : 'decrease', minor: size, reason }, now)
  held.change({ chargedMinor: bill.chargedMinor + difference, checkoutStale: held.checkoutId !== null })
  if (owedMinor(held.bill) === 0n) held.move(isInBank(held.bill) ? 'payInBank' : 'payInFull')
}
