import { invalid } from '../../domain/errors.ts'
import { type Excess, tooMuchPosting } from '../../domain/ledger.ts'
import { formatAmount } from '../../domain/money.ts'
import type { Tx } from '../connection.ts'
import { insertPosting } from '../ledger/insert-posting.ts'
import { refundableParts } from '../refunds/refundable-parts.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { awaitsApproval } from './approval.ts'
import { disposeExcess, excessOf } from './dispose-excess.ts'
import { refundableOf } from './refund-bill.ts'

interface TooMuch {
  /** Above zero, in minor units. */
  readonly minor: bigint
  readonly note: string
  readonly actor: string
}

/**
 * Takes what a held bill has more than it asks for now out of its payments, the newest first. It is excess from then on, as
 * if they had brought too much, and goes by the policy's `onExcess`; what goes back above the institution's limit waits for a
 * second person, as somebody's order made it too much.
 * @throws GojiError (invalid) `amount_below_paid` where it cannot leave now: it is disputed, or goes back already;
 * `amount_below_cancelled` where not payments are too much, but what refunds have taken back of the charge.
 */
export async function releaseTooMuch(tx: Tx, held: HeldBill, { minor, note, actor }: TooMuch, now: number): Promise<void> {
  const { paidMinor, refundedMinor, cancelledMinor } = held.bill
  if (minor > paidMinor - refundedMinor)
    throw invalid(
      'amount_below_cancelled',
      `Refunds took ${formatAmount({ minor: cancelledMinor, currency: held.bill.currency })} of the charge back already. Give at least that, or cancel the bill.`,
      '/amount/amount',
    )
  const parts = await refundableParts(tx, held.bill.id)
  if (refundableOf(parts) < minor)
    throw invalid(
      'amount_below_paid',
      'More than this is paid already, and it cannot go back now. Wait for the refunds under way.',
      '/amount/amount',
    )
  const { currency } = held.bill
  const awaiting = excessOf(held.policy) === 'refunded' && (await awaitsApproval(tx, held, { minor, currency, actor }))
  let left = minor
  for (const { payment_id: paymentId, left_minor: most } of parts) {
    const part = most < left ? most : left
    if (part === 0n) continue
    left -= part
    await takeOut(tx, held, { paymentId, minor: part, excess: excessOf(held.policy) }, now)
    const line = `${formatAmount({ minor: part, currency })} ${currency} goes back, as the bill asks for less now`
    const refund = { reason: 'institution', actor, note, awaitsApproval: awaiting, line } as const
    disposeExcess(tx, held, { paymentId, minor: part, occurredAt: now }, refund, now)
  }
}

/** The bill's part of the payment is smaller from now on. A part of which nothing is left stays as a row: the payment had come. */
async function takeOut(
  tx: Tx,
  held: HeldBill,
  { paymentId, minor, excess }: { readonly paymentId: string; readonly minor: bigint; readonly excess: Excess },
  now: number,
): Promise<void> {
  const { bill, row } = held
  const [payment] = await tx<{ settled_at: number | null }[]>`
    update allocations a set amount_minor = a.amount_minor - ${minor} from payments p
    where a.payment_id = ${paymentId} and a.bill_id = ${bill.id} and p.id = a.payment_id returning p.settled_at`
  const inBank = (payment?.settled_at ?? null) !== null
  held.change({ paidMinor: bill.paidMinor - minor, settledMinor: bill.settledMinor - (inBank ? minor : 0n) })
  insertPosting(
    tx,
    tooMuchPosting(bill.currency, minor, excess, { billId: bill.id, institutionId: row.institution_id }),
    { paymentId },
    now,
  )
  const amount = formatAmount({ minor, currency: bill.currency })
  held.log('paidTooMuch', 'engine', { paymentId, amount, currency: bill.currency, ...(inBank ? { inBank: 1 } : {}) })
}
