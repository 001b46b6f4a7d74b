import type { Currency } from '../../domain/currencies.ts'
import { owedMinor } from '../../domain/bill.ts'
import { conflict, invalid, notFound } from '../../domain/errors.ts'
import { releasePosting } from '../../domain/ledger.ts'
import { formatAmount, type Money } from '../../domain/money.ts'
import { isPayable } from '../../domain/states/bill.ts'
import type { PaymentState } from '../../domain/states/payment.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import { insertPosting } from '../ledger/insert-posting.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { type Wake, withBill, withBills } from '../unit/with-bills.ts'
import { send } from '../unit/transaction.ts'
import { allocate } from './apply-part.ts'
import { awaitsApproval } from './approval.ts'
import { closeException } from './open-exception.ts'
import { type RefundReason, requestRefund } from './request-refund.ts'

export interface ExcessRow {
  id: string
  payment_id: string
  bill_id: string
  institution_id: string
  citizen_id: string
  mode: 'test' | 'live'
  kind: 'held' | 'credit'
  currency: Currency
  amount_minor: bigint
  used_minor: bigint
  method: string
  paid_at: number
  settled_at: number | null
  payment_state: PaymentState
}

export interface ExcessOrder {
  readonly excessId: string
  /** All that is left where nothing is said. */
  readonly amount?: Money
  readonly actor: string
}

/** Gives kept money back to the citizen. @throws GojiError `excess_not_found`, `excess_used_up`, `amount_above_excess`, `payment_taken_back`, `currency_differs`. */
export async function refundExcess(tx: Tx, order: ExcessOrder, now: number): Promise<{ refundId: string; wakes: Wake[] }> {
  const { result, wakes } = await withBill(tx, await billOf(tx, order.excessId), now, async (held) => {
    const excess = await lockExcess(tx, order.excessId)
    const { actor } = order
    const minor = amountOf(excess, order)
    const awaiting = await awaitsApproval(tx, held, { minor, currency: excess.currency, actor })
    return releaseExcess(tx, held, excess, { minor, reason: 'excessReleased', actor, awaitsApproval: awaiting }, now)
  })
  return { refundId: result, wakes }
}

/** Makes a refund of kept money of a held bill, which its run is to send. */
export function releaseExcess(
  tx: Tx,
  held: HeldBill,
  excess: ExcessRow,
  release: { minor: bigint; reason: RefundReason; actor: string; awaitsApproval?: boolean },
  now: number,
): string {
  const { currency, payment_id: paymentId } = excess
  const line = `${formatAmount({ minor: release.minor, currency })} ${currency} that was kept goes back`
  const refundId = requestRefund(tx, held, { ...release, paymentId, currency, fromAllocation: false, occurredAt: now, line }, now)
  use(tx, held, excess, { minor: release.minor, refundId }, now)
  return refundId
}

/**
 * Gives kept money to a bill of the same citizen and institution.
 * @throws GojiError as `refundExcess`; `bill_not_found`, `excess_elsewhere`, `bill_not_payable`, `amount_above_owed`.
 */
export async function allocateExcess(tx: Tx, order: ExcessOrder & { readonly billId: string }, now: number): Promise<Wake[]> {
  const origin = await billOf(tx, order.excessId)
  const { wakes } = await withBills(tx, [...new Set([origin, order.billId])], now, async (held) => {
    const excess = await lockExcess(tx, order.excessId)
    const target = held.find(({ bill }) => bill.id === order.billId) as HeldBill
    refuseElsewhere(target, excess)
    const owed = isPayable(target.bill.status) ? owedMinor(target.bill) : 0n
    if (owed === 0n)
      throw conflict('bill_not_payable', `Bill ${target.row.bill_number} takes no money now. Choose one that is open.`, '/billId')
    const left = excess.amount_minor - excess.used_minor
    const minor = amountOf(
      excess,
      order.amount === undefined && owed < left ? { ...order, amount: { minor: owed, currency: excess.currency } } : order,
    )
    if (minor > owed) throw conflict('amount_above_owed', 'The bill does not owe as much. Give it what it owes at most.', '/amount')
    spend(tx, target, excess, minor, now)
    use(tx, held.find(({ bill }) => bill.id === origin) as HeldBill, excess, { minor, billId: order.billId }, now)
  })
  return wakes
}

/**
 * Gives a held bill the citizen's credit with its institution, the oldest first, as far as it goes. What another bill has
 * taken meanwhile is gone: the bill then knows how much is left.
 */
export async function useCredits(tx: Tx, held: HeldBill, now: number): Promise<void> {
  const { row, bill } = held
  const credits = await tx<ExcessRow[]>`
    select e.*, p.method, p.paid_at, p.settled_at, p.state as payment_state from excesses e join payments p on p.id = e.payment_id
    where e.kind = 'credit' and e.used_minor < e.amount_minor and e.citizen_id = ${row.citizen_id} and e.institution_id = ${row.institution_id}
      and e.currency = ${bill.currency} and e.mode = ${row.mode} order by e.id for no key update of p for update of e`
  let left = credits.reduce((sum, { amount_minor, used_minor }) => sum + amount_minor - used_minor, 0n)
  for (const credit of credits) {
    const owed = isPayable(held.bill.status) ? owedMinor(held.bill) : 0n
    const rest = credit.amount_minor - credit.used_minor
    const minor = rest < owed ? rest : owed
    if (minor === 0n) break
    spend(tx, held, credit, minor, now)
    use(tx, held, credit, { minor, billId: bill.id }, now)
    left -= minor
  }
  held.change({ creditMinor: left })
}

function spend(tx: Tx, target: HeldBill, excess: ExcessRow, minor: bigint, now: number): void {
  const payment = { id: excess.payment_id, method: excess.method, paidAt: excess.paid_at, settledAt: excess.settled_at }
  allocate(tx, target, minor, payment, now)
  const amount = formatAmount({ minor, currency: excess.currency })
  target.log('creditUsed', 'engine', { excessId: excess.id, fromBillId: excess.bill_id, amount, currency: excess.currency })
  target.fact = {
    kind: 'creditUsed',
    subjectId: excess.id,
    occurredAt: now,
    line: `${amount} ${excess.currency} that the citizen had paid too much elsewhere was used for this bill`,
  }
}

/** Books the way that kept money takes, and notes it beside the money. `held` is any bill under its lock: its log tells of it. */
function use(
  tx: Tx,
  held: HeldBill,
  excess: ExcessRow,
  to: { readonly minor: bigint; readonly billId?: string; readonly refundId?: string },
  now: number,
): void {
  const id = newId('exu', now)
  const { minor, billId = null, refundId = null } = to
  send(
    tx,
    tx`
    insert into excess_uses (id, excess_id, bill_id, refund_id, amount_minor, at) values (${id}, ${excess.id}, ${billId}, ${refundId}, ${minor}, ${now})`,
  )
  send(tx, tx`update excesses set used_minor = used_minor + ${minor} where id = ${excess.id}`)
  const from = {
    excess: excess.kind === 'held' ? 'held' : 'credited',
    institutionId: excess.institution_id,
    billId: excess.bill_id,
  } as const
  const place = billId === null ? null : { billId, institutionId: excess.institution_id }
  insertPosting(tx, releasePosting(excess.currency, minor, from, place), { paymentId: excess.payment_id, excessUseId: id }, now)
  if (excess.used_minor + minor === excess.amount_minor) closeException(tx, 'excessHeld', excess.id, now)
  if (held.bill.id === excess.bill_id) {
    const amount = formatAmount({ minor, currency: excess.currency })
    held.log('excessReleased', 'engine', {
      excessId: excess.id,
      amount,
      currency: excess.currency,
      ...(billId === null ? { refundId } : { billId }),
    })
    if (excess.kind === 'credit') held.change({ creditMinor: held.bill.creditMinor - minor })
  }
}

/** What of a payment is still kept on a bill. */
export const openExcesses = (tx: Tx, paymentId: string, billId: string): Promise<ExcessRow[]> =>
  tx<ExcessRow[]>`
    select e.*, p.method, p.paid_at, p.settled_at, p.state as payment_state from excesses e join payments p on p.id = e.payment_id
    where e.payment_id = ${paymentId} and e.bill_id = ${billId} and e.used_minor < e.amount_minor order by e.id for update of e`

async function billOf(tx: Tx, excessId: string): Promise<string> {
  const [row] = await tx<{ bill_id: string }[]>`select bill_id from excesses where id = ${excessId}`
  if (!row) throw notFound('excess')
  return row.bill_id
}

async function lockExcess(tx: Tx, excessId: string): Promise<ExcessRow> {
  const [row] = await tx<ExcessRow[]>`
    select e.*, p.method, p.paid_at, p.settled_at, p.state as payment_state from excesses e join payments p on p.id = e.payment_id
    where e.id = ${excessId} for no key update of p for update of e`
  if (!row) throw notFound('excess')
  return row
}

function amountOf(excess: ExcessRow, { amount: asked }: ExcessOrder): bigint {
  if (excess.payment_state === 'reversed' || excess.payment_state === 'returned')
    throw conflict('payment_taken_back', 'The payment itself was taken back by the bank. Nothing of it is left.')
  const left = excess.amount_minor - excess.used_minor
  if (left === 0n) throw conflict('excess_used_up', 'Nothing of this money is left: read it again to see where it went.')
  if (asked !== undefined && asked.currency !== excess.currency)
    throw invalid('currency_differs', `The money is in ${excess.currency}.`, '/amount/currency')
  const amount = asked?.minor ?? left
  if (amount <= 0n) throw invalid('amount_not_positive', 'The amount has to be more than zero.', '/amount')
  if (amount > left) {
    const rest = formatAmount({ minor: left, currency: excess.currency })
    throw conflict('amount_above_excess', `Only ${rest} ${excess.currency} of it are left.`, '/amount')
  }
  return amount
}

function refuseElsewhere({ row, bill }: HeldBill, excess: ExcessRow): void {
  if (row.institution_id !== excess.institution_id || row.mode !== excess.mode) throw notFound('bill')
  if (row.citizen_id !== excess.citizen_id || bill.currency !== excess.currency) {
    throw conflict(
      'excess_elsewhere',
      'Kept money pays bills of the same citizen in the same currency. Choose such a bill, or give it back.',
      '/billId',
    )
  }
}
