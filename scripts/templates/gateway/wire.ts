import { z } from 'zod'
import { type Currency, isCurrency } from '../../../domain/currencies.ts'
import { type Money, money } from '../../../domain/money.ts'
import type { PaymentReport, RefundReport } from '../../../domain/ports/gateway.ts'
import { codeOf, malformed, openAfter } from '../../../adapters/kit/failures.ts'
import type { CallKind } from '../../../adapters/kit/http.ts'
import { toMethod, toPayment, toRefund } from './statuses.ts'

/** YOURS: the provider's answers, read as if a stranger had written them: bounded, checked, nothing kept that is not needed. */
const amount = {
  minor: z.string().regex(/^[1-9][0-9]{0,12}$/),
  currency: z.custom<Currency>((value) => typeof value === 'string' && isCurrency(value)),
}
const word = z.string().max(64)
const time = z.int().min(0).max(8_640_000_000_000_000)
const base = { key: z.string().max(128), reference: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/), status: word, ...amount }
const paymentSchema = z.object({
  ...base,
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  method: word.optional(),
  paidAt: time.optional(),
  code: word.optional(),
})
const refundSchema = z.object({ ...base, doneAt: time.optional(), code: word.optional() })
export type WirePayment = z.infer<typeof paymentSchema>
export const errorSchema = z.object({ code: z.string().max(64) })

const check = <T extends { key: string }>(kind: CallKind, schema: z.ZodType<T>, body: unknown, key: string): T => {
  const result = schema.safeParse(body)
  if (!result.success) throw malformed(kind, result.error.issues.map(({ path }) => path.join('.')).join(', '))
  if (result.data.key !== key) throw malformed(kind, 'it is about another key')
  return result.data
}

export const readPayment = (kind: CallKind, body: unknown, key: string): WirePayment => check(kind, paymentSchema, body, key)
export const amountOf = (wire: { readonly minor: string; readonly currency: Currency }): Money => money(BigInt(wire.minor), wire.currency)
export const isOf = (wire: { readonly minor: string; readonly currency: Currency }, { minor, currency }: Money): boolean =>
  wire.minor === minor.toString() && wire.currency === currency

export const reportOf = (kind: CallKind, payment: WirePayment): PaymentReport =>
  openAfter(kind, () => {
    const status = toPayment(payment.status)
    if (status === 'declined') return { status, code: codeOf(payment.code ?? 'declined') }
    if (status !== 'captured') return { status }
    const { method, paidAt } = payment
    if (method === undefined || paidAt === undefined) throw malformed(kind, 'a captured payment has no method or time')
    return { status, amount: amountOf(payment), method: toMethod(method), paidAt }
  })

/** `expected` is the amount asked for, where one was; another one leaves the outcome open. */
export function readRefund(kind: CallKind, body: unknown, key: string, expected?: Money): RefundReport {
  const refund = check(kind, refundSchema, body, key)
  if (expected !== undefined && !isOf(refund, expected)) throw malformed(kind, 'the refund is of another amount')
  return openAfter(kind, () => {
    const status = toRefund(refund.status)
    if (status === 'failed') return { status, code: codeOf(refund.code ?? 'failed') }
    if (status !== 'succeeded') return { status }
    if (refund.doneAt === undefined) throw malformed(kind, 'a finished refund has no time')
    return { status, reference: refund.reference, refundedAt: refund.doneAt }
  })
}
