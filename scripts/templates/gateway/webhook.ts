import { z } from 'zod'
import { invalid } from '../../../domain/errors.ts'
import type { GatewayNotice } from '../../../domain/ports/gateway.ts'
import { verifiedWebhook } from '../../../adapters/kit/standard-webhooks.ts'

/** YOURS: what a webhook names. Nothing else of it is used: what happened, asking tells. */
const event = z.object({ subject: z.enum(['payment', 'refund']), key: z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/) })

/** @throws GojiError `signature_invalid`; `webhook_malformed` (invalid) where it is signed and names nothing to ask about. */
export function translate(
  keys: readonly Buffer[],
  headers: Readonly<Record<string, string | undefined>>,
  body: Buffer,
  now: number,
): GatewayNotice {
  const eventId = verifiedWebhook(keys, headers, body, now)
  const named = event.safeParse(parse(body)).data
  if (named === undefined) throw invalid('webhook_malformed', 'The webhook is signed, but names nothing that could be asked about.')
  return { eventId, ...named }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
