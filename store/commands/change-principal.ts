import { isInBank, owedMinor } from '../../domain/bill.ts'
import { invalid } from '../../domain/errors.ts'
import type { Tx } from '../connection.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { send } from '../unit/transaction.ts'

/** What the institution asks for itself, without surcharges and reductions, in minor units. */
export async function principalOf(tx: Tx, billId: string): Promise<bigint> {
  const [row] = await tx<{ minor: bigint }[]>`
    select coalesce(sum(case kind when 'decrease' then -amount_minor else amount_minor end), 0)::bigint as minor
    from charges where bill_id = ${billId} and kind in ('issued', 'increase', 'decrease')`
  return row?.minor ?? 0n
}

/** Charges a held bill with another amount, by a row of its own. An open payment page asks for the wrong one from then on. */
export async function changePrincipal(
  tx: Tx,
  held: HeldBill,
  change: { readonly from: bigint; readonly to: bigint; readonly reason: string },
  now: number,
): Promise<void> {
  const { from, to, reason } = change
  const difference = to - from
  const { bill } = held
  if (owedMinor(bill) + difference < 0n)
    throw invalid('amount_below_paid', 'More than this is paid already. Refund a part of the payment first.', '/amount/amount')
  send(
    tx,
    tx`
    insert into charges (bill_id, institution_id, seq, kind, amount_minor, reason, at)
    select ${bill.id}, ${held.row.institution_id}, coalesce(max(seq), 0) + 1, ${difference > 0n ? 'increase' : 'decrease'},
      ${difference > 0n ? difference : -difference}, ${reason}, ${now}
    from charges where bill_id = ${bill.id}`,
  )
  held.change({ chargedMinor: bill.chargedMinor + difference, checkoutStale: held.checkoutId !== null })
  if (owedMinor(held.bill) === 0n) held.move(isInBank(held.bill) ? 'payInBank' : 'payInFull')
}
