import { owedMinor, unpaidPrincipalMinor } from '../../domain/bill.ts'
import { earnedReduction } from '../../domain/early-payment.ts'
import { formatAmount } from '../../domain/money.ts'
import { leftOf, shrink } from '../../domain/shrink-surcharges.ts'
import { nextSurcharge, takeBack, withSurcharge } from '../../domain/surcharge.ts'
import { insertCharge } from '../charges/insert-charge.ts'
import { takenSurcharges } from '../charges/taken-surcharges.ts'
import type { Tx } from '../connection.ts'
import type { HeldBill } from '../unit/held-bill.ts'

const amountOf = ({ bill }: HeldBill, minor: bigint): { amount: string; currency: string } => ({
  amount: formatAmount({ minor, currency: bill.currency }),
  currency: bill.currency,
})

/** Takes the surcharge that the plan says is due. */
export function takeSurcharge(tx: Tx, held: HeldBill, now: number): void {
  const surcharge = nextSurcharge(held.bill, held.policy)
  if (surcharge === null) return
  const { number, at, minor, baseMinor, percent } = surcharge
  insertCharge(tx, held, { kind: 'surcharge', minor, percent, baseMinor, countsAt: at }, now)
  held.change(withSurcharge(held.bill, surcharge))
  held.log('surcharge', 'engine', { number: String(number), percent, ...amountOf(held, minor) })
}

/** A payment that is about to be given to a bill: its own time (milliseconds) and its amount (minor units). */
interface Payment {
  readonly at: number
  readonly minor: bigint
}

/**
 * What a payment's own time does to the bill before the payment is given to it: surcharges that it came in time to avoid
 * are taken back, though we heard of it only later; and where it pays the bill early the reduction is granted.
 */
export async function applyPaymentTime(tx: Tx, held: HeldBill, payment: Payment, now: number): Promise<void> {
  if (held.bill.surcharges > 0) await takeSurchargesBack(tx, held, payment, now)
  const reduction = earnedReduction(held.bill, held.policy, payment)
  if (reduction === 0n) return
  insertCharge(tx, held, { kind: 'reduction', minor: reduction, reason: 'paidEarly' }, now)
  held.change({ chargedMinor: held.bill.chargedMinor - reduction, reducedMinor: held.bill.reducedMinor + reduction })
  held.log('reduced', 'engine', amountOf(held, reduction))
}

async function takeSurchargesBack(tx: Tx, held: HeldBill, payment: Payment, now: number): Promise<void> {
  const unpaid = unpaidPrincipalMinor(held.bill)
  const part = payment.minor < unpaid ? payment.minor : unpaid
  const taken = await takenSurcharges(tx, held.bill.id)
  for (const back of takeBack(taken, { at: payment.at, minor: part }, held.policy.rounding))
    takeOneBack(tx, held, back, { reason: 'paidInTime', now })
}

/**
 * The due date moved behind all of them, or the letter came back from which it was counted: the bill had not been late, and
 * the first surcharge is still to come. What of them is paid already stays with the institution, which may refund it. Nothing
 * may be owed after this: whoever calls it pays the bill in full then.
 */
export async function takeAllSurchargesBack(
  tx: Tx,
  held: HeldBill,
  now: number,
  reason: 'extended' | 'letterReturned' = 'extended',
): Promise<void> {
  for (const one of await takenSurcharges(tx, held.bill.id)) {
    const { seq, baseMinor } = one
    const [left, owed] = [leftOf(one), owedMinor(held.bill)]
    takeOneBack(tx, held, left <= owed ? { seq, minor: left, baseMinor } : { seq, minor: owed, baseMinor: 0n }, { reason, now })
  }
  held.change({ surcharges: 0 })
}

/**
 * The bill asked for too much from the start, and its surcharges with it: they shrink to what they would have been on the
 * principal `to`, which is not charged yet. What of them is paid already is then more than the bill asks for. Those of an
 * earlier due date are none of these: what of them is left stays.
 */
export async function shrinkSurcharges(tx: Tx, held: HeldBill, to: bigint, now: number): Promise<void> {
  const { bill, policy } = held
  if (bill.surcharges === 0) return
  const taken = (await takenSurcharges(tx, bill.id)).slice(-bill.surcharges)
  const othersMinor = bill.surchargedMinor - taken.reduce((sum, one) => sum + leftOf(one), 0n)
  // The lower principal lowers their bases by itself (`takenSurcharges`).
  for (const { seq, minor } of shrink(taken, { to, othersMinor }, policy))
    takeOneBack(tx, held, { seq, minor, baseMinor: 0n }, { reason: 'amended', now })
}

function takeOneBack(
  tx: Tx,
  held: HeldBill,
  { seq, minor, baseMinor }: { seq: number; minor: bigint; baseMinor: bigint },
  { reason, now }: { reason: 'paidInTime' | 'extended' | 'letterReturned' | 'amended'; now: number },
): void {
  if (minor <= 0n) return
  insertCharge(tx, held, { kind: 'surchargeTakenBack', minor, baseMinor, takesBack: seq, reason }, now)
  held.change({ chargedMinor: held.bill.chargedMinor - minor, surchargedMinor: held.bill.surchargedMinor - minor })
  held.log('surchargeTakenBack', 'engine', { ...amountOf(held, minor), reason })
}
