import { z } from 'zod'
import { money } from '../../../domain/money.ts'
import type { PaymentReport, RefundReport } from '../../../domain/ports/gateway.ts'
import { codeOf, malformed, openAfter } from '../../kit/failures.ts'
import type { CallKind } from '../../kit/http.ts'
import { bankName } from './banks.ts'
import { toCancellation, toMethod, toStatus } from './statuses.ts'

/** Whole won: a fraction, a text or a number that JSON cannot hold exactly is no amount. */
const amount = z.int().min(0).max(9_000_000_000_000)
const word = z.string().max(64)
const date = z.iso.datetime({ offset: true })

const cancellationSchema = z.object({
  status: word,
  id: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/),
  totalAmount: amount,
  reason: z.string().max(1_000),
  cancelledAt: date.optional(),
})
const paymentSchema = z.object({
  status: word,
  id: z.string().max(128),
  currency: z.literal('KRW'),
  amount: z.object({ total: amount.min(1), paid: amount, cancelled: amount }),
  method: z
    .object({
      type: word,
      bank: word.optional(),
      accountNumber: z
        .string()
        .regex(/^[0-9-]{5,30}$/)
        .optional(),
      expiredAt: date.optional(),
    })
    .optional(),
  paidAt: date.optional(),
  failure: z.object({ pgCode: word.optional() }).optional(),
  cancellations: z.array(cancellationSchema).max(1_000).optional(),
})
export type PortOnePayment = z.infer<typeof paymentSchema>
type Cancellation = z.infer<typeof cancellationSchema>

export const errorSchema = z.object({ type: z.string().regex(/^[A-Z0-9_]{1,64}$/) })
const cancelAnswer = z.object({ cancellation: cancellationSchema })

const read = <T>(kind: CallKind, schema: z.ZodType<T>, body: unknown): T => {
  const result = schema.safeParse(body)
  if (!result.success) throw malformed(kind, result.error.issues.map(({ path }) => path.join('.')).join(', '))
  return result.data
}

export function readPayment(kind: CallKind, body: unknown, id: string): PortOnePayment {
  const payment = read(kind, paymentSchema, body)
  if (payment.id !== id) throw malformed(kind, 'it is about another payment')
  return payment
}

export const readCancellation = (body: unknown): Cancellation => read('effect', cancelAnswer, body).cancellation

export function reportOf(payment: PortOnePayment): PaymentReport {
  const status = toStatus(payment.status)
  if (status === 'taken' || (status === 'cancelled' && payment.paidAt !== undefined)) {
    if (payment.method === undefined || payment.paidAt === undefined) throw malformed('question', 'a paid payment has no method or time')
    const paid = money(BigInt(payment.amount.paid), 'KRW')
    return { status: 'captured', amount: paid, method: toMethod(payment.method.type), paidAt: Date.parse(payment.paidAt) }
  }
  if (status === 'declined') return { status, code: codeOf(payment.failure?.pgCode ?? 'declined') }
  if (status !== 'awaitingDeposit') return { status: status === 'cancelled' ? status : 'pending' }
  const { bank, accountNumber, expiredAt } = payment.method ?? {}
  if (accountNumber === undefined || expiredAt === undefined) throw malformed('question', 'there is no account to transfer to')
  return { status, account: { bank: bankName(bank ?? ''), number: accountNumber, dueAt: Date.parse(expiredAt) } }
}

/** What can still be cancelled: PortOne refuses a cancellation that names another sum than it has itself. */
export const cancellableOf = ({ amount: { paid, cancelled } }: PortOnePayment): number => paid - cancelled

/** There is no key for a cancellation, but its reason comes back as it was: our key stands at its end. */
export const reasonWithKey = (reason: string, key: string): string => `${[...reason].slice(0, 100).join('')} #${key}`

export const findCancellation = (payment: PortOnePayment, key: string): Cancellation | undefined =>
  payment.cancellations?.find(({ reason }) => reason.endsWith(` #${key}`))

export const refundReportOf = (kind: CallKind, cancellation: Cancellation): RefundReport =>
  openAfter(kind, () => {
    const status = toCancellation(cancellation.status)
    if (status === 'pending') return { status }
    if (status === 'failed') return { status, code: 'cancellation_failed' }
    if (cancellation.cancelledAt === undefined) throw malformed(kind, 'a finished cancellation has no time')
    return { status, reference: cancellation.id, refundedAt: Date.parse(cancellation.cancelledAt) }
  })
