import { conflict } from '../../domain/errors.ts'
import { type MoneyAccount, paymentPosting } from '../../domain/ledger.ts'
import type { Money } from '../../domain/money.ts'
import type { PaymentMethod } from '../../domain/ports/gateway.ts'
import { paymentMachine } from '../../domain/states/payment.ts'
import { transition } from '../../domain/states/table.ts'
import type { Tx } from '../connection.ts'
import { stableId } from '../ids.ts'
import { insertPosting } from '../ledger/insert-posting.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { type Wake, withBill } from '../unit/with-bills.ts'
import { send } from '../unit/transaction.ts'
import { applyPart, type IncomingPayment } from './apply-part.ts'
import { creditWakes } from './credit-wakes.ts'
import { keepExcess } from './keep-excess.ts'
import { openAmountException } from './open-exception.ts'

/** A payment for which nobody opened a checkout. */
export interface Transfer {
  readonly gateway: string
  /** The gateway's or bank's own reference: together with `gateway` the same payment is recorded once. */
  readonly reference: string
  readonly method: PaymentMethod
  readonly amount: Money
  /** Milliseconds, by the clock of whoever saw the money. */
  readonly paidAt: number
  /** `bank`: it is in our bank account already. `gateway`: a settlement file is still to bring it there. */
  readonly paidAtSource: 'bank' | 'gateway'
  readonly billId: string
  /** The statement line that shows it, where one does: its ledger transaction is this payment's. */
  readonly lineId?: string
  /** Where the money lies already, if that is neither of the two. */
  readonly into?: MoneyAccount
}

/**
 * Records a payment that came by itself (a bank transfer, a virtual account, a rail that the gateway tells of later) and
 * gives it to its bill; what the bill does not take goes by the policy's `onExcess`. Recording it again changes nothing.
 * @throws GojiError `bill_not_found`; `payment_differs` where the reference stands for another amount.
 */
export async function recordTransfer(tx: Tx, transfer: Transfer, now: number): Promise<{ paymentId: string; wakes: Wake[] }> {
  const { result, wakes } = await withBill(tx, transfer.billId, now, async (held) => {
    const { gateway, reference, method, amount, paidAt, paidAtSource } = transfer
    const paymentId = stableId('pay', paidAt, gateway, reference)
    const [made] = await tx`
      insert into payments (id, gateway, reference, method, currency, amount_minor, state, paid_at, paid_at_source, recorded_at)
      values (${paymentId}, ${gateway}, ${reference}, ${method}, ${amount.currency}, ${amount.minor}, 'captured', ${paidAt}, ${paidAtSource}, ${now})
      on conflict do nothing returning id`
    if (!made) return knownPayment(tx, transfer)
    await place(tx, held, transfer, paymentId, now)
    return paymentId
  })
  return { paymentId: result, wakes: [...wakes, ...(await creditWakes(tx, transfer.billId))] }
}

async function place(tx: Tx, held: HeldBill, { amount, ...transfer }: Transfer, paymentId: string, now: number): Promise<void> {
  const inBank = transfer.paidAtSource === 'bank'
  const payment: IncomingPayment = {
    id: paymentId,
    method: transfer.method,
    paidAt: transfer.paidAt,
    settledAt: inBank ? transfer.paidAt : null,
  }
  if (inBank) {
    const state = transition(paymentMachine, 'captured', 'settle')
    send(tx, tx`update payments set state = ${state}, settled_at = ${payment.settledAt} where id = ${paymentId}`)
  }
  // Money in another currency pays no bill; it is held until somebody has looked.
  const usable = amount.currency === held.bill.currency ? amount.minor : 0n
  if (usable !== amount.minor) {
    openAmountException(tx, held, { paymentId, amount, now })
    keepExcess(tx, held, { paymentId, kind: 'held', minor: amount.minor, currency: amount.currency, occurredAt: transfer.paidAt }, now)
  }
  const part = await applyPart(tx, held, usable, payment, now)
  const into: MoneyAccount =
    transfer.into ?? (inBank ? { account: 'bank', holder: '' } : { account: 'gatewayClearing', holder: transfer.gateway })
  const subject = { paymentId, ...(transfer.lineId === undefined ? {} : { lineId: transfer.lineId }) }
  insertPosting(tx, paymentPosting(into, amount, [part], amount.minor - usable), subject, now)
}

/** A transaction that recorded the same reference a moment ago has ended by now, so its row is seen here. */
async function knownPayment(tx: Tx, { gateway, reference, amount }: Transfer): Promise<string> {
  const [known] = await tx<{ id: string; currency: string; amount_minor: bigint }[]>`
    select id, currency, amount_minor from payments where gateway = ${gateway} and reference = ${reference}`
  if (!known || known.amount_minor !== amount.minor || known.currency !== amount.currency) {
    throw conflict('payment_differs', 'This reference stands for a payment of another amount. Compare the two and use the right reference.')
  }
  return known.id
}
