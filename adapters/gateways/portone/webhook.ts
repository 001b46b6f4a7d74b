import { z } from 'zod'
import { invalid } from '../../../domain/errors.ts'
import type { GatewayNotice } from '../../../domain/ports/gateway.ts'
import { verifiedWebhook } from '../../kit/standard-webhooks.ts'

/** Every event of a transaction names its payment; which event it is, asking tells. */
const event = z.object({
  type: z.string().regex(/^Transaction\.[A-Za-z]{1,40}$/),
  data: z.object({ paymentId: z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/) }),
})

/** @throws GojiError `signature_invalid`; `webhook_malformed` (invalid) where it is signed and about no payment. */
export function translate(
  keys: readonly Buffer[],
  headers: Readonly<Record<string, string | undefined>>,
  body: Buffer,
  now: number,
): GatewayNotice {
  const eventId = verifiedWebhook(keys, headers, body, now)
  const paymentId = event.safeParse(parse(body)).data?.data.paymentId
  if (paymentId === undefined) throw invalid('webhook_malformed', 'The webhook is signed, but names no payment that could be asked about.')
  return { eventId, subject: 'payment', key: paymentId }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
