import { paymentPosting } from '../../domain/ledger.ts'
import type { PaymentReport } from '../../domain/ports/gateway.ts'
import { checkoutMachine } from '../../domain/states/checkout.ts'
import { transition } from '../../domain/states/table.ts'
import { checkoutBills } from '../checkouts/checkout-bills.ts'
import { lockCheckout } from '../checkouts/checkout-row.ts'
import type { Tx } from '../connection.ts'
import { stableId } from '../ids.ts'
import { insertPosting } from '../ledger/insert-posting.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { type Wake, withBills } from '../unit/with-bills.ts'
import { send } from '../unit/transaction.ts'
import { type AppliedPart, applyPart } from './apply-part.ts'
import { keepExcess } from './keep-excess.ts'
import { openAmountException } from './open-exception.ts'

type Capture = Extract<PaymentReport, { status: 'captured' }>

/**
 * Records a payment once and gives every bill its part, in one transaction: each bill settles or is compensated alone.
 * What a bill cannot take any more (cancelled or paid meanwhile) goes by its policy. Recording the same capture again, by
 * whoever asks, changes nothing.
 */
export async function recordCapture(tx: Tx, checkoutId: string, capture: Capture, now: number): Promise<Wake[]> {
  const planned = await checkoutBills(tx, checkoutId)
  const { wakes } = await withBills(
    tx,
    planned.map(({ bill_id }) => bill_id),
    now,
    async (held, checkout) => {
      if (checkout.state === 'paid') return
      const reference = checkout.session_reference
      if (reference === null) throw new Error(`checkout ${checkoutId} was captured without a session`)
      const id = stableId('pay', capture.paidAt, checkout.gateway, reference)
      const payment = { id, method: capture.method, paidAt: capture.paidAt, settledAt: null }
      send(
        tx,
        tx`
      insert into payments (id, checkout_id, gateway, reference, method, currency, amount_minor, state, paid_at, paid_at_source, recorded_at)
      values (${payment.id}, ${checkoutId}, ${checkout.gateway}, ${reference}, ${capture.method}, ${capture.amount.currency},
        ${capture.amount.minor}, 'captured', ${capture.paidAt}, 'gateway', ${now})`,
      )
      send(
        tx,
        tx`update checkouts set state = ${transition(checkoutMachine, checkout.state, 'capture')}, ended_at = ${now} where id = ${checkoutId}`,
      )
      // Money in another currency pays none of these bills; it is held until somebody has looked.
      let left = capture.amount.currency === checkout.currency ? capture.amount.minor : 0n
      const unplaced = capture.amount.minor - (left < checkout.amount_minor ? left : checkout.amount_minor)
      if (left !== checkout.amount_minor)
        openAmountException(tx, held[0] as HeldBill, { paymentId: payment.id, amount: capture.amount, now })
      if (unplaced > 0n) keepUnplaced(tx, held[0] as HeldBill, unplaced, { paymentId: payment.id, capture, now })
      // Shared out in the order of the bills: never more than was planned for each.
      const parts: AppliedPart[] = []
      for (const one of held) {
        const amount = planned.find(({ bill_id }) => bill_id === one.bill.id)?.amount_minor ?? 0n
        const part = amount < left ? amount : left
        left -= part
        parts.push(endClaim(tx, one, await applyPart(tx, one, part, payment, now), { checkoutId, now }))
      }
      const from = { account: 'gatewayClearing', holder: checkout.gateway } as const
      insertPosting(tx, paymentPosting(from, capture.amount, parts, unplaced), { paymentId: payment.id }, now)
    },
    () => lockCheckout(tx, checkoutId),
  )
  return wakes
}

/** Lets the bill go from its checkout and notes there what became of it. */
function endClaim(tx: Tx, held: HeldBill, part: AppliedPart, { checkoutId, now }: { checkoutId: string; now: number }): AppliedPart {
  const outcome = part.excessIs ?? (part.allocated > 0n ? 'allocated' : 'released')
  send(tx, tx`update checkout_bills set outcome = ${outcome} where checkout_id = ${checkoutId} and bill_id = ${held.bill.id}`)
  if (held.checkoutId === checkoutId) held.claim(null)
  if (outcome === 'released') {
    held.log('checkoutEnded', 'engine', { checkoutId, state: 'paid' })
    held.fact = {
      kind: 'checkoutEnded',
      subjectId: checkoutId,
      occurredAt: now,
      line: 'a payment of several bills was too small to reach this one',
    }
  }
  return part
}

/** Money that no bill was meant to take is held on the first of them. */
function keepUnplaced(
  tx: Tx,
  held: HeldBill,
  minor: bigint,
  { paymentId, capture, now }: { paymentId: string; capture: Capture; now: number },
): void {
  keepExcess(tx, held, { paymentId, kind: 'held', minor, currency: capture.amount.currency, occurredAt: capture.paidAt }, now)
}
