import { z } from 'zod'
import { type Currency, isCurrency } from '../../../domain/currencies.ts'
import { ProviderError } from '../../../domain/errors.ts'
import { type Money, money } from '../../../domain/money.ts'
import type { PaymentReport, RefundReport, Session } from '../../../domain/ports/gateway.ts'
import type { CallKind } from '../../kit/http.ts'
import { malformed } from './failures.ts'
import { toClaim, toMethod, toPaymentStatus, toRefundStatus } from './statuses.ts'

/** The gateway's answers, read as if a stranger had written them: bounded, checked, and nothing kept that is not needed. */
const reference = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
const code = z.string().regex(/^[a-z0-9_]{1,64}$/)
const time = z.int().min(0).max(8_640_000_000_000_000)
const currency = z.custom<Currency>((value) => typeof value === 'string' && isCurrency(value))
const amount = { amountMinor: z.string().regex(/^[1-9][0-9]{0,12}$/), currency }
const word = z.string().max(64)

const sessionSchema = z.object({ key: z.string(), reference, url: z.url({ protocol: /^https?$/ }).max(2_000), ...amount })
const paymentSchema = z.object({
  key: z.string(),
  reference,
  status: word,
  ...amount,
  method: word.optional(),
  paidAt: time.optional(),
  declineCode: code.optional(),
  claim: z.object({ state: word, reference, at: time }).optional(),
})
const refundSchema = z.object({
  key: z.string(),
  reference,
  status: word,
  ...amount,
  refundedAt: time.optional(),
  failureCode: code.optional(),
})
const stateSchema = z.object({ payment: z.unknown() })
const errorSchema = z.object({ error: z.object({ code }) })
const filesSchema = z.object({ files: z.array(z.string().regex(/^[A-Za-z0-9._-]{1,128}$/)).max(100_000) })

/** @throws ProviderError `technical` where the page is not for the amount that was asked for. */
export function readSession(body: unknown, key: string, expected: Money): Session {
  const session = check('question', sessionSchema, body, key)
  if (!sameAmount(session, expected)) throw malformed('question', 'the session is for another amount')
  return { reference: session.reference, url: session.url }
}

export function readPayment(kind: CallKind, body: unknown, key: string): PaymentReport {
  const payment = check(kind, paymentSchema, body, key)
  const status = translated(kind, () => toPaymentStatus(payment.status))
  if (status === 'declined') {
    if (payment.declineCode === undefined) throw malformed(kind, 'a declined payment has no code')
    return { status, code: payment.declineCode }
  }
  if (status !== 'captured') return { status }
  const { method, paidAt, claim } = payment
  if (method === undefined || paidAt === undefined) throw malformed(kind, 'a captured payment has no method or time')
  const claimedBack = claim === undefined ? {} : { claimedBack: { ...claim, state: translated(kind, () => toClaim(claim.state)) } }
  const amount = money(BigInt(payment.amountMinor), payment.currency)
  return { status, amount, method: translated(kind, () => toMethod(method)), paidAt, ...claimedBack }
}

/** The payment inside a refusal that says: it is not in the state you think. */
export const readState = (kind: CallKind, body: unknown, key: string): PaymentReport =>
  readPayment(kind, check(kind, stateSchema, body).payment, key)

/** `expected` is the amount asked for, where one was; another one makes the outcome unknown. */
export function readRefund(kind: CallKind, body: unknown, key: string, expected?: Money): RefundReport {
  const refund = check(kind, refundSchema, body, key)
  if (expected !== undefined && !sameAmount(refund, expected)) throw malformed(kind, 'the refund is of another amount')
  const status = translated(kind, () => toRefundStatus(refund.status))
  if (status === 'failed') {
    if (refund.failureCode === undefined) throw malformed(kind, 'a failed refund has no code')
    return { status, code: refund.failureCode }
  }
  if (status !== 'succeeded') return { status }
  if (refund.refundedAt === undefined) throw malformed(kind, 'a finished refund has no time')
  return { status, reference: refund.reference, refundedAt: refund.refundedAt }
}

export const readFiles = (body: unknown): readonly string[] => check('question', filesSchema, body).files

/** The stable code of a refusal, or undefined where the answer is not one of the gateway's own refusals. */
export function readErrorCode(body: unknown): string | undefined {
  const result = errorSchema.safeParse(body)
  return result.success ? result.data.error.code : undefined
}

function check<T>(kind: CallKind, schema: z.ZodType<T>, body: unknown, key?: string): T {
  const result = schema.safeParse(body)
  if (!result.success) throw malformed(kind, result.error.issues.map((issue) => issue.path.join('.')).join(', '))
  if (key !== undefined && (result.data as { key: string }).key !== key) throw malformed(kind, 'it is about another key')
  return result.data
}

/** A word that we do not know, in the answer to an effect, leaves its outcome open until the gateway is asked. */
function translated<T>(kind: CallKind, look: () => T): T {
  try {
    return look()
  } catch (error) {
    if (kind === 'effect' && error instanceof ProviderError) throw new ProviderError('unknown', error.code, error.message)
    throw error
  }
}

const sameAmount = (wire: { readonly amountMinor: string; readonly currency: string }, expected: Money): boolean =>
  wire.amountMinor === expected.minor.toString() && wire.currency === expected.currency
