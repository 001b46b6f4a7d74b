import type { Request } from 'express'
import { z } from 'zod'
import { isCurrency } from '../../../../domain/currencies.ts'
import { METHODS } from './entries.ts'
import { Refusal } from './refusal.ts'

const key = z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/)
const amountMinor = z.string().regex(/^[1-9][0-9]{0,12}$/)
const currency = z.string().refine(isCurrency)
/** Milliseconds since 1970. */
const time = z.int().min(0).max(8_640_000_000_000_000)

export const sessionBody = z.strictObject({
  amountMinor,
  currency,
  title: z.string().min(1).max(200),
  language: z.enum(['ko', 'en']),
  returnUrl: z.url({ protocol: /^https?$/ }).max(2_000),
  expiresAt: time,
})
const account = z.strictObject({ bank: z.string().min(1).max(60), number: z.string().min(4).max(34), holder: z.string().min(1).max(120) })
export const refundBody = z.strictObject({
  reference: z.string().max(64),
  amountMinor,
  currency,
  reason: z.string().max(500),
  account: account.optional(),
})
export const claimBody = z.strictObject({ state: z.enum(['DISPUTED', 'REVERSED', 'RETURNED', 'WON']) })
export const authorizeBody = z.strictObject({ method: z.enum(METHODS), paidAt: time.optional() })
export const declineBody = z.strictObject({
  code: z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .default('issuer_refused'),
  final: z.boolean().default(false),
})
export const clockBody = z.strictObject({ advanceMs: z.int().min(0).max(3_153_600_000_000) })

/** @throws Refusal 422 naming the fields at fault. */
export function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new Refusal(422, 'request_invalid', result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '))
}

/** @throws Refusal 422 where the request has no usable Idempotency-Key. */
export const idempotencyKey = (request: Request): string => read(key, request.get('idempotency-key'))

export const keyInPath = (request: Request): string => String(request.params['key'])
