import type { Currency } from '../../domain/currencies.ts'
import type { ClaimedBack } from '../../domain/ports/gateway.ts'
import { paymentMachine, type PaymentEvent, type PaymentState } from '../../domain/states/payment.ts'
import { allows, transition } from '../../domain/states/table.ts'
import type { Tx } from '../connection.ts'
import { refundableParts } from '../refunds/refundable-parts.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { type Wake, withBills } from '../unit/with-bills.ts'
import { send } from '../unit/transaction.ts'
import { finishRefund } from './finish-refund.ts'
import { lockRefund } from './held-refund.ts'
import { closeException, openException } from './open-exception.ts'
import { requestRefund } from './request-refund.ts'
import { openExcesses, releaseExcess } from './use-excess.ts'

interface PaymentRow {
  id: string
  currency: Currency
  state: PaymentState
  settled_at: number | null
  paid_at_source: 'gateway' | 'bank'
}

/**
 * Records what the gateway or bank says of a payment that somebody claims back: `null` where nobody does, which ends a
 * dispute. A disputed payment still counts, and a person looks; one that was taken back is owed again by its bills.
 * Hearing the same again changes nothing.
 */
export async function recordClaim(tx: Tx, paymentId: string, claim: ClaimedBack | null, now: number): Promise<Wake[]> {
  const { wakes } = await withBills(tx, await billsOfPayment(tx, paymentId), now, async (held) => {
    const [payment] = await tx<PaymentRow[]>`
      select id, currency, state, settled_at, paid_at_source from payments where id = ${paymentId} for no key update`
    if (!payment || held.length === 0) return
    if (claim === null) return endDispute(tx, held, payment, now)
    if (claim.state === 'disputed') return dispute(tx, held, payment, claim, now)
    await takeBack(tx, held, payment, claim, now)
  })
  return wakes
}

const billsOfPayment = async (tx: Tx, paymentId: string): Promise<string[]> =>
  (
    await tx<{ bill_id: string }[]>`
    select bill_id from allocations where payment_id = ${paymentId} union select bill_id from excesses where payment_id = ${paymentId}
    union select bill_id from refunds where payment_id = ${paymentId} order by 1`
  ).map(({ bill_id }) => bill_id)

function move(tx: Tx, payment: PaymentRow, event: PaymentEvent): void {
  payment.state = transition(paymentMachine, payment.state, event)
  send(tx, tx`update payments set state = ${payment.state} where id = ${payment.id}`)
}

function dispute(tx: Tx, held: readonly HeldBill[], payment: PaymentRow, claim: ClaimedBack, now: number): void {
  if (!allows(paymentMachine, payment.state, 'dispute')) return
  move(tx, payment, 'dispute')
  openException(tx, held[0] as HeldBill, 'paymentDisputed', payment.id, now)
  for (const one of held) {
    one.log('paymentDisputed', 'engine', { paymentId: payment.id, reference: claim.reference })
    const line = 'the payment is disputed; it counts until the dispute is lost'
    one.fact = { kind: 'paymentDisputed', subjectId: payment.id, occurredAt: claim.at, line }
  }
}

function endDispute(tx: Tx, held: readonly HeldBill[], payment: PaymentRow, now: number): void {
  if (payment.state !== 'disputed') return
  move(tx, payment, payment.settled_at === null ? 'winUnsettled' : 'winDispute')
  closeException(tx, 'paymentDisputed', payment.id, now)
  for (const one of held) one.log('disputeWon', 'engine', { paymentId: payment.id })
}

async function takeBack(tx: Tx, held: readonly HeldBill[], payment: PaymentRow, claim: ClaimedBack, now: number): Promise<void> {
  const event = claim.state === 'returned' ? 'return' : 'reverse'
  // Of a dispute that was lost we may hear at once.
  if (event === 'reverse' && allows(paymentMachine, payment.state, 'dispute')) move(tx, payment, 'dispute')
  if (!allows(paymentMachine, payment.state, event)) return
  const refundIds = await claimAll(tx, held, payment, claim, now)
  for (const one of held) one.log('paymentTakenBack', 'engine', { paymentId: payment.id, reference: claim.reference })
  move(tx, payment, event)
  closeException(tx, 'paymentDisputed', payment.id, now)
  openException(tx, held[0] as HeldBill, 'paymentTakenBack', payment.id, now)
  for (const [index, { one, refundId }] of refundIds.entries()) {
    const reference = refundIds.length === 1 ? claim.reference : `${claim.reference}#${index + 1}`
    const end = {
      event: 'takeBack',
      reference,
      refundedAt: claim.at,
      fromBank: payment.paid_at_source === 'bank',
      actor: 'engine',
    } as const
    finishRefund(tx, one, await lockRefund(tx, refundId), end, now)
    const line = event === 'return' ? 'the bank took the payment back' : 'the payment was lost in a dispute'
    one.fact = { kind: 'paymentTakenBack', subjectId: payment.id, occurredAt: claim.at, line }
  }
}

/** Everything of the payment that has not gone back already: what bills took, what was kept, what was about to be refunded. */
async function claimAll(
  tx: Tx,
  held: readonly HeldBill[],
  payment: PaymentRow,
  claim: ClaimedBack,
  now: number,
): Promise<{ one: HeldBill; refundId: string }[]> {
  const found: { one: HeldBill; refundId: string }[] = []
  const reason = claim.state === 'returned' ? 'returned' : 'reversed'
  const { currency, id: paymentId } = payment
  const words = { paymentId, currency, reason, actor: 'engine', occurredAt: claim.at, line: 'the payment was taken back' } as const
  for (const one of held) {
    const waiting = await tx<{ id: string }[]>`
      select id from refunds where payment_id = ${payment.id} and bill_id = ${one.bill.id} and state in ('requested', 'awaitingApproval') order by id`
    found.push(...waiting.map(({ id: refundId }) => ({ one, refundId })))
    for (const excess of await openExcesses(tx, payment.id, one.bill.id)) {
      found.push({
        one,
        refundId: releaseExcess(tx, one, excess, { minor: excess.amount_minor - excess.used_minor, reason, actor: 'engine' }, now),
      })
    }
    const part = (await refundableParts(tx, one.bill.id)).find(({ payment_id }) => payment_id === payment.id)
    const minor = part?.taken_back_minor ?? 0n
    if (minor > 0n) found.push({ one, refundId: requestRefund(tx, one, { ...words, minor, fromAllocation: true }, now) })
  }
  return found
}
