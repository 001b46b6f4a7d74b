import type { Root } from '../../composition/root.ts'
import type { Money } from '../../domain/money.ts'
import { beginCheckout } from '../../store/commands/begin-checkout.ts'
import { openCheckout } from '../../store/commands/open-checkout.ts'
import { recordCapture } from '../../store/commands/record-capture.ts'
import { receiveStatement } from '../../store/statements/receive-statement.ts'
import { transaction } from '../../store/unit/transaction.ts'
import type { Wake } from '../../store/unit/with-bills.ts'

type Parts = Pick<Root, 'sql' | 'clock'>
const GATEWAY = 'fake'
const FEE = 15n

/** The gateway's reference of what is paid by a checkout, as the fake gateway names it. */
export const referenceOf = (checkoutId: string): string => `ref-${checkoutId}`

/** Claims a bill and opens a payment page in the books, without a run of the checkout. */
export async function openPayment({ sql, clock }: Parts, billId: string): Promise<{ checkoutId: string; amount: Money }> {
  const now = clock.now()
  return transaction(sql, async (tx) => {
    const [bill] = await tx<{ citizen_id: string }[]>`select citizen_id from bills where id = ${billId}`
    const order = {
      citizenId: bill?.citizen_id ?? '',
      billIds: [billId],
      gateway: GATEWAY,
      language: 'ko',
      returnPath: '/',
      actor: 'test',
    } as const
    const { checkoutId } = await beginCheckout(tx, order, now)
    await openCheckout(tx, checkoutId, { reference: referenceOf(checkoutId), url: 'https://gateway.example' })
    const [checkout] = await tx<{ amount_minor: bigint }[]>`select amount_minor from checkouts where id = ${checkoutId}`
    return { checkoutId, amount: { minor: checkout?.amount_minor ?? 0n, currency: 'KRW' } }
  })
}

/** Records the money of an open payment, as the checkout does when the gateway has taken it. The wakes are the caller's. */
export function capture({ sql, clock }: Parts, { checkoutId, amount }: { checkoutId: string; amount: Money }): Promise<Wake[]> {
  const now = clock.now()
  return transaction(sql, (tx) => recordCapture(tx, checkoutId, { status: 'captured', amount, method: 'card', paidAt: now }, now))
}

/** Pays a bill in the books, in full. The wakes are the caller's. */
export async function pay(parts: Parts, billId: string): Promise<{ checkoutId: string; amount: Money; wakes: Wake[] }> {
  const payment = await openPayment(parts, billId)
  return { ...payment, wakes: await capture(parts, payment) }
}

/** Records a settlement file of one line per payment, less a fee. Nothing is booked yet. */
export async function receiveSettlement(
  { sql, clock }: Parts,
  payments: readonly { checkoutId: string; amount: Money }[],
): Promise<string> {
  const now = clock.now()
  const lines = payments.map(({ checkoutId, amount }) => ({
    lineReference: `line-${checkoutId}`,
    kind: 'payment' as const,
    reference: referenceOf(checkoutId),
    gross: amount,
    fee: { ...amount, minor: FEE },
    net: { ...amount, minor: amount.minor - FEE },
    settledAt: now,
  }))
  const name = `settlement-${payments.map(({ checkoutId }) => checkoutId).join('-')}`
  return (
    await transaction(sql, (tx) => receiveStatement(tx, { gateway: GATEWAY, file: { name, lines }, content: name, actor: 'test' }, now))
  ).statementId
}
