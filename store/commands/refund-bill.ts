import { conflict, invalid, notFound } from '../../domain/errors.ts'
import { formatAmount, type Money } from '../../domain/money.ts'
import type { Tx } from '../connection.ts'
import { type RefundablePart, refundableParts } from '../refunds/refundable-parts.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { type Wake, withBill } from '../unit/with-bills.ts'
import { awaitsApproval } from './approval.ts'
import { requestRefund } from './request-refund.ts'

export interface RefundOrder {
  readonly billId: string
  /** All that is refundable where nothing is said. */
  readonly amount?: Money
  /** What the caller believes can be refunded now: of the named payment, or of all of them. */
  readonly expected: Money
  /** Otherwise the newest payments first. */
  readonly paymentId?: string
  readonly note: string
  /** Also takes the charge back; without it the money is owed again. */
  readonly cancelCharge: boolean
  readonly actor: string
}

/**
 * Gives back what was paid on a bill, all or a part, spread over its payments. What is requested and under way counts as
 * gone, so several refunds never exceed what was paid, whoever asks at the same time.
 * @throws GojiError `bill_not_found`, `payment_not_found`, `refundable_differs`, `nothing_to_refund`, `amount_not_positive`, `amount_above_refundable`,
 * `currency_differs`.
 */
export async function refundBill(tx: Tx, order: RefundOrder, now: number): Promise<{ refundIds: string[]; wakes: Wake[] }> {
  const { result, wakes } = await withBill(tx, order.billId, now, async (held) => {
    const all = await refundableParts(tx, order.billId)
    const parts = order.paymentId === undefined ? all : all.filter(({ payment_id }) => payment_id === order.paymentId)
    if (order.paymentId !== undefined && parts.length === 0) throw notFound('payment')
    return await refundParts(tx, held, { parts, minor: amountOf(held, order, refundableOf(parts)) }, order, now)
  })
  return { refundIds: result, wakes }
}

type RefundWords = Pick<RefundOrder, 'note' | 'cancelCharge' | 'actor'>

/**
 * Gives an amount back that all of these parts hold together, of a bill that is held already; above the institution's limit
 * once a second person has agreed.
 */
export async function refundParts(
  tx: Tx,
  held: HeldBill,
  { parts, minor: amount }: { readonly parts: readonly RefundablePart[]; readonly minor: bigint },
  words: RefundWords,
  now: number,
): Promise<string[]> {
  const awaiting = await awaitsApproval(tx, held, { minor: amount, currency: held.bill.currency, actor: words.actor })
  let left = amount
  const refundIds: string[] = []
  for (const { payment_id: paymentId, left_minor: most } of parts) {
    const minor = most < left ? most : left
    if (minor === 0n) continue
    refundIds.push(refund(tx, held, { paymentId, minor, awaitsApproval: awaiting }, words, now))
    left -= minor
  }
  return refundIds
}

function refund(
  tx: Tx,
  held: HeldBill,
  part: { paymentId: string; minor: bigint; awaitsApproval: boolean },
  order: RefundWords,
  now: number,
): string {
  const { currency } = held.bill
  const amount = `${formatAmount({ minor: part.minor, currency })} ${currency}`
  const line = `the institution gives ${amount} back${order.cancelCharge ? ' and takes back the charge' : ''}`
  const { actor, note, cancelCharge } = order
  return requestRefund(
    tx,
    held,
    { ...part, currency, fromAllocation: true, reason: 'institution', actor, note, cancelCharge, occurredAt: now, line },
    now,
  )
}

function amountOf({ bill: { currency } }: HeldBill, { amount, expected }: RefundOrder, refundable: bigint): bigint {
  for (const [pointer, given] of [
    ['/amount', amount],
    ['/expectedRefundable', expected],
  ] as const) {
    if (given !== undefined && given.currency !== currency)
      throw invalid('currency_differs', `The bill is in ${currency}.`, `${pointer}/currency`)
  }
  const text = `${formatAmount({ minor: refundable, currency })} ${currency}`
  if (expected.minor !== refundable) {
    throw conflict(
      'refundable_differs',
      `${text} can be refunded now, not what was expected. Read the bill again and decide anew.`,
      '/expectedRefundable',
    )
  }
  if (refundable === 0n) throw conflict('nothing_to_refund', 'Nothing that was paid on this bill can be refunded now.')
  const minor = amount?.minor ?? refundable
  if (minor <= 0n) throw invalid('amount_not_positive', 'The amount has to be more than zero.', '/amount')
  if (minor > refundable) throw conflict('amount_above_refundable', `Only ${text} can be refunded now.`, '/amount')
  return minor
}

/** What of these parts may still go back, in minor units. */
export const refundableOf = (parts: readonly RefundablePart[]): bigint => parts.reduce((sum, { left_minor: left }) => sum + left, 0n)
