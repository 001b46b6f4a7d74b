import { owedMinor } from '../../domain/bill.ts'
import { insertCharge } from '../charges/insert-charge.ts'
import type { Tx } from '../connection.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { shrinkSurcharges } from './fees.ts'
import { releaseTooMuch } from './release-too-much.ts'

/**
 * Charges a held bill with another amount, by a row of its own; surcharges on what was too much are taken back before it, and
 * an increase leaves them as they are: nobody was late with what was not asked for. An open payment page asks for the wrong
 * amount from then on. What more is paid than the bill asks for now leaves it. Whoever calls it pays the bill in full where
 * nothing is owed then.
 * @throws GojiError `amount_below_paid`, `amount_below_cancelled` (invalid).
 */
export async function changePrincipal(
  tx: Tx,
  held: HeldBill,
  change: { readonly from: bigint; readonly to: bigint; readonly reason: string; readonly actor: string },
  now: number,
): Promise<void> {
  const { from, to, reason, actor } = change
  if (to < from) await shrinkSurcharges(tx, held, to, now)
  insertCharge(tx, held, to < from ? { kind: 'decrease', minor: from - to, reason } : { kind: 'increase', minor: to - from, reason }, now)
  held.change({ chargedMinor: held.bill.chargedMinor + to - from, checkoutStale: held.checkoutId !== null })
  const owed = owedMinor(held.bill)
  if (owed < 0n) await releaseTooMuch(tx, held, { minor: -owed, note: reason, actor }, now)
}
