import { z } from 'zod'
import { type Money, money } from '../../../domain/money.ts'
import type { PaymentReport, RefundReport } from '../../../domain/ports/gateway.ts'
import { codeOf, malformed, openAfter } from '../../kit/failures.ts'
import type { CallKind } from '../../kit/http.ts'
import { bankName } from './banks.ts'
import { toAccountRefund, toCancel, toMethod, toStatus } from './statuses.ts'

/** Whole won: a fraction, a text or a number that JSON cannot hold exactly is no amount. */
const amount = z.int().min(0).max(9_000_000_000_000)
const word = z.string().max(64)
const date = z.string().max(40)
/** The gateway writes null for what is not there. */
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined)

const cancelSchema = z.object({
  cancelAmount: amount,
  cancelReason: z.string().max(300),
  canceledAt: date,
  transactionKey: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  cancelStatus: word,
})

const paymentSchema = z.object({
  paymentKey: z.string().regex(/^[A-Za-z0-9_-]{1,200}$/),
  orderId: z.string().max(64),
  status: word,
  method: optional(word),
  currency: z.literal('KRW'),
  totalAmount: amount.min(1),
  approvedAt: optional(date),
  failure: optional(z.object({ code: word })),
  checkout: optional(z.object({ url: z.url({ protocol: /^https?$/ }).max(2_000) })),
  virtualAccount: optional(
    z.object({
      accountNumber: z.string().regex(/^[0-9-]{5,20}$/),
      bankCode: z.string().max(4),
      dueDate: date,
      expired: z.boolean(),
      refundStatus: word,
    }),
  ),
  cancels: optional(z.array(cancelSchema).max(1_000)),
})
export type TossPayment = z.infer<typeof paymentSchema>
type Cancel = z.infer<typeof cancelSchema>

export const errorSchema = z.object({ code: z.string().regex(/^[A-Z0-9_]{1,64}$/) })

/** A payment, read as if a stranger had written it. */
export function readPayment(kind: CallKind, body: unknown, orderId?: string): TossPayment {
  const result = paymentSchema.safeParse(body)
  if (!result.success) throw malformed(kind, result.error.issues.map(({ path }) => path.join('.')).join(', '))
  if (orderId !== undefined && result.data.orderId !== orderId) throw malformed(kind, 'it is about another order')
  return result.data
}

/** Dates without a zone are Korea's. @throws ProviderError. */
function timeOf(kind: CallKind, text: string | undefined): number {
  const time = text === undefined ? NaN : Date.parse(/[zZ]|[+-][0-9]{2}:?[0-9]{2}$/.test(text) ? text : `${text}+09:00`)
  if (Number.isNaN(time)) throw malformed(kind, 'a date is missing or is none')
  return time
}

export const amountOf = (payment: TossPayment): Money => money(BigInt(payment.totalAmount), 'KRW')

export const reportOf = (kind: CallKind, payment: TossPayment): PaymentReport =>
  openAfter(kind, () => {
    const status = toStatus(payment.status)
    const taken = status === 'taken' || (status === 'cancelled' && payment.approvedAt !== undefined)
    if (taken) {
      if (payment.method === undefined) throw malformed(kind, 'a payment that was taken has no method')
      return {
        status: 'captured',
        amount: amountOf(payment),
        method: toMethod(payment.method),
        paidAt: timeOf(kind, payment.approvedAt),
      }
    }
    if (status === 'declined') return { status, code: codeOf(payment.failure?.code ?? 'declined') }
    if (status === 'awaitingDeposit') {
      const account = payment.virtualAccount
      if (account === undefined) throw malformed(kind, 'there is no account to transfer to')
      if (account.expired) return { status: 'expired' }
      return { status, account: { bank: bankName(account.bankCode), number: account.accountNumber, dueAt: timeOf(kind, account.dueDate) } }
    }
    return { status }
  })

/** A cancellation has no field for a key of ours, but its reason comes back as it was: our key stands at its end. */
export const reasonWithKey = (reason: string, key: string): string => `${[...reason].slice(0, 100).join('')} #${key}`

export const findCancel = (payment: TossPayment, key: string): Cancel | undefined =>
  payment.cancels?.find(({ cancelReason }) => cancelReason.endsWith(` #${key}`))

export const refundReportOf = (kind: CallKind, payment: TossPayment, cancel: Cancel): RefundReport =>
  openAfter(kind, () => {
    const cancelled = toCancel(cancel.cancelStatus)
    const status = cancelled === 'succeeded' && payment.virtualAccount ? toAccountRefund(payment.virtualAccount.refundStatus) : cancelled
    if (status === 'succeeded') return { status, reference: cancel.transactionKey, refundedAt: timeOf(kind, cancel.canceledAt) }
    return status === 'failed' ? { status, code: 'cancel_aborted' } : { status }
  })
