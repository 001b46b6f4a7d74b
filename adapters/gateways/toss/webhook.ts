import { createHash } from 'node:crypto'
import { z } from 'zod'
import { invalid } from '../../../domain/errors.ts'
import type { GatewayNotice } from '../../../domain/ports/gateway.ts'

const orderId = z.string().regex(/^[A-Za-z0-9_-]{6,64}$/)
const event = z.union([
  z.object({ eventType: z.literal('PAYMENT_STATUS_CHANGED'), data: z.object({ orderId }) }).transform(({ data }) => data.orderId),
  // DEPOSIT_CALLBACK names no type. Its secret is not compared: it would have to be kept, and proves no more than asking does.
  z
    .object({ eventType: z.undefined().optional(), orderId, status: z.string(), transactionKey: z.string() })
    .transform((body) => body.orderId),
])

/**
 * Which payment a webhook is about. Webhooks about payments carry no signature, so none of what they say is believed: they
 * only make us ask. The same bytes are the same event; a forger can neither take a true event's place nor make one up
 * that moves money.
 * @throws GojiError `webhook_malformed` (invalid) where it names no payment.
 */
export function translate(body: Buffer): GatewayNotice {
  const key = event.safeParse(parse(body)).data
  if (key === undefined) throw invalid('webhook_malformed', 'The webhook names no payment that could be asked about.')
  return { eventId: createHash('sha256').update(body).digest('base64url'), subject: 'payment', key }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
