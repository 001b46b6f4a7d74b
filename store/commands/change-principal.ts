import { owedMinor } from '../../domain/bill.ts'
import { invalid } from '../../domain/errors.ts'
import { insertCharge } from '../charges/insert-charge.ts'
import type { Tx } from '../connection.ts'
import { refundableParts } from '../refunds/refundable-parts.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { refundableOf, refundParts } from './refund-bill.ts'

/**
 * Charges a held bill with another amount, by a row of its own. An open payment page asks for the wrong one from then on.
 * What more than the new amount is paid already goes back, and is charged until it has. Whoever calls it pays the bill in full
 * where nothing is owed then.
 * @throws GojiError `amount_below_paid` (invalid) where that cannot go back now: it is disputed, or goes back already.
 */
export async function changePrincipal(
  tx: Tx,
  held: HeldBill,
  change: { readonly from: bigint; readonly to: bigint; readonly reason: string; readonly actor: string },
  now: number,
): Promise<void> {
  const { from, to, reason, actor } = change
  const { bill } = held
  const owed = owedMinor(bill)
  const tooMuch = from - to - owed
  const difference = tooMuch > 0n ? -owed : to - from
  if (difference !== 0n) {
    const size = difference > 0n ? difference : -difference
    insertCharge(tx, held, { kind: difference > 0n ? 'increase' : 'decrease', minor: size, reason }, now)
  }
  held.change({ chargedMinor: bill.chargedMinor + difference, checkoutStale: held.checkoutId !== null })
  if (tooMuch > 0n) await giveBack(tx, held, tooMuch, { note: reason, cancelCharge: true, actor }, now)
}

async function giveBack(tx: Tx, held: HeldBill, minor: bigint, words: Parameters<typeof refundParts>[3], now: number): Promise<void> {
  const parts = await refundableParts(tx, held.bill.id)
  if (refundableOf(parts) < minor)
    throw invalid(
      'amount_below_paid',
      'More than this is paid already, and it cannot go back now. Wait for the refunds under way.',
      '/amount/amount',
    )
  await refundParts(tx, held, { parts, minor }, words, now)
}
