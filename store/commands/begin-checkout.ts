import { owedMinor } from '../../domain/bill.ts'
import { durationMs, HOUR_MS } from '../../domain/duration.ts'
import { earlyOffer, settlesFor } from '../../domain/early-payment.ts'
import { expiresAt } from '../../domain/expiry.ts'
import { conflict, GojiError, invalid, LimitError, notFound } from '../../domain/errors.ts'
import type { Language } from '../../domain/ports/channel.ts'
import { formatAmount, type Money } from '../../domain/money.ts'
import { smallestPart } from '../../domain/partial-payment.ts'
import { isPayable } from '../../domain/states/bill.ts'
import { oftenBegun } from '../checkouts/often-begun.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import { assertRunning } from '../providers/provider-stop.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { withBills } from '../unit/with-bills.ts'
import { send } from '../unit/transaction.ts'

export interface NewCheckout {
  readonly citizenId: string
  readonly billIds: readonly string[]
  /** What is to be paid of a bill; all that it owes where nothing is said. */
  readonly amounts?: ReadonlyMap<string, Money>
  readonly gateway: string
  readonly language: Language
  /** Path on our own site that the citizen comes back to. */
  readonly returnPath: string
  readonly actor: string
  /** Payments that may be begun for one bill within an hour; as many as anybody likes where nothing is said, or 0. */
  readonly perHour?: number
}

/** As many as one page can show and one transaction should lock. */
export const CHECKOUT_BILLS_MAX = 100

/** A bill is held by another checkout that may still be paid; its id tells the caller which one to end first. */
export class BillClaimedError extends GojiError {
  readonly checkoutId: string

  constructor(checkoutId: string) {
    super('conflict', 'bill_in_checkout', 'Another payment of one of these bills is under way. Finish or cancel it first.')
    this.checkoutId = checkoutId
  }
}

/**
 * Claims the bills for one payment and fixes its amount. Every bill is claimed or none is.
 * @throws GojiError `bill_not_found`, `bill_not_payable`, `currencies_differ`, `modes_differ`, `too_many_bills`, `bill_in_checkout`;
 * `checkouts_too_many` (limited), StoppedError where an operator has stopped the gateway; of a part also `amount_not_positive`,
 * `amount_above_owed`, `partial_not_allowed`, `partial_below_minimum`.
 */
export async function beginCheckout(tx: Tx, input: NewCheckout, now: number): Promise<{ checkoutId: string }> {
  const billIds = [...new Set(input.billIds)]
  if (billIds.length === 0) throw invalid('bills_missing', 'Choose at least one bill to pay.', '/bills')
  if (billIds.length > CHECKOUT_BILLS_MAX)
    throw invalid('too_many_bills', `One payment takes up to ${CHECKOUT_BILLS_MAX} bills. Choose fewer.`, '/bills')
  await assertRunning(tx, 'gateway', input.gateway)
  const checkoutId = newId('chk', now)
  await withBills(tx, billIds, now, async (held) => {
    const first = held[0] as HeldBill
    for (const one of held) refuseUnpayable(one, first, input.citizenId, now)
    // Before an older payment is ended for this one: a refused attempt leaves the one that is open as it is.
    if ((input.perHour ?? 0) > 0) await refuseTooMany(tx, held, input.perHour ?? 0, now)
    for (const { checkoutId: older } of held) if (older !== null) throw new BillClaimedError(older)
    const parts = held.map((one) => ({
      checkout_id: checkoutId,
      bill_id: one.bill.id,
      amount_minor: partOf(one, input.amounts?.get(one.bill.id), now),
    }))
    const total = parts.reduce((sum, { amount_minor }) => sum + amount_minor, 0n)
    const end = Math.min(...held.map((one) => lastMoment(one, now)))
    send(
      tx,
      tx`
      insert into checkouts (id, citizen_id, mode, gateway, currency, amount_minor, state, language, return_path, created_at, expires_at, institution_id)
      values (${checkoutId}, ${input.citizenId}, ${first.row.mode}, ${input.gateway}, ${first.bill.currency}, ${total}, 'claimed', ${input.language},
        ${input.returnPath}, ${now}, ${end}, ${institutionOf(held)})`,
    )
    send(tx, tx`insert into checkout_bills ${tx(parts)}`)
    for (const one of held) {
      one.claim(checkoutId)
      one.log('checkoutBegun', input.actor, { checkoutId })
    }
  })
  return { checkoutId }
}

/** The one institution of all these bills; null where they are of several. */
function institutionOf(held: readonly HeldBill[]): string | null {
  const [first, ...others] = new Set(held.map(({ row }) => row.institution_id))
  return others.length === 0 ? (first ?? null) : null
}

/**
 * A payment page ends with the time in which the bill may be paid here, and with the offer for paying early that its amount
 * rests on: a moment later it would be too little.
 */
function lastMoment({ bill, policy }: HeldBill, now: number): number {
  const end = Math.min(now + durationMs(policy.checkout.expiresAfter), expiresAt(bill, policy) ?? Infinity)
  const until = earlyOffer(bill, policy)?.until ?? null
  return until !== null && until >= now ? Math.min(end, until) : end
}

/** How much of a bill this payment is for. A part is taken only where the bill's policy allows one. */
function partOf({ bill, policy, row }: HeldBill, chosen: Money | undefined, now: number): bigint {
  const owed = settlesFor(bill, policy, now)
  if (chosen === undefined) return owed
  if (chosen.currency !== bill.currency)
    throw invalid('currencies_differ', `Bill ${row.bill_number} is paid in ${bill.currency}.`, '/bills')
  const wanted = chosen.minor
  if (wanted === owed) return owed
  const text = (minor: bigint): string => `${formatAmount({ minor, currency: bill.currency })} ${bill.currency}`
  if (wanted <= 0n) throw invalid('amount_not_positive', 'The amount has to be more than zero.', '/bills')
  if (wanted > owed) throw conflict('amount_above_owed', `Bill ${row.bill_number} owes ${text(owed)}. Pay that much at most.`, '/bills')
  const minimum = smallestPart(policy, bill.currency)
  if (minimum === null) throw conflict('partial_not_allowed', `Bill ${row.bill_number} is paid in full: ${text(owed)}.`, '/bills')
  if (wanted < minimum)
    throw conflict(
      'partial_below_minimum',
      `A part of bill ${row.bill_number} has to be ${text(minimum)} at least, or all that it owes.`,
      '/bills',
    )
  return wanted
}

/** Counted under the bills' locks, and only what was begun: a refusal makes nobody wait longer. */
async function refuseTooMany(tx: Tx, held: readonly HeldBill[], most: number, now: number): Promise<void> {
  const found = await oftenBegun(
    tx,
    held.map(({ bill }) => bill.id),
    { since: now - HOUR_MS, most },
  )
  if (found === null) return
  const number = held.find(({ bill }) => bill.id === found.billId)?.row.bill_number ?? ''
  throw new LimitError(
    'checkouts_too_many',
    `Payments of bill ${number} were begun too often within an hour. Finish the one that is open, or try again later.`,
    found.first + HOUR_MS - now,
  )
}

function refuseUnpayable(held: HeldBill, first: HeldBill, citizenId: string, now: number): void {
  if (held.row.citizen_id !== citizenId) throw notFound('bill')
  if (!isPayable(held.bill.status) || owedMinor(held.bill) <= 0n) {
    throw conflict('bill_not_payable', `Bill ${held.row.bill_number} is ${held.bill.status}: nothing can be paid on it now.`, '/bills')
  }
  if ((expiresAt(held.bill, held.policy) ?? Infinity) < now)
    throw conflict(
      'bill_not_payable',
      `The time in which bill ${held.row.bill_number} may be paid here has ended. Ask the institution.`,
      '/bills',
    )
  if (held.bill.currency !== first.bill.currency)
    throw invalid('currencies_differ', 'One payment is in one currency. Pay the bills of each currency apart.', '/bills')
  if (held.row.mode !== first.row.mode) throw invalid('modes_differ', 'Test bills and live bills cannot be paid together.', '/bills')
}
