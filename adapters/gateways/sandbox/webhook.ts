import { z } from 'zod'
import { invalid, ProviderError } from '../../../domain/errors.ts'
import type { GatewayNotice } from '../../../domain/ports/gateway.ts'
import { verifiedWebhook } from '../../kit/standard-webhooks.ts'
import { toSubject } from './statuses.ts'

const eventSchema = z.object({ type: z.string().max(64), key: z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/) })

/**
 * Verifies a webhook (Standard Webhooks) over its raw bytes and translates it.
 * @param now milliseconds, against which the sender's time is measured
 * @throws GojiError `signature_invalid` (unauthorized); `webhook_malformed` (invalid) where the signed content is not one
 * that this adapter knows.
 */
export function translate(
  keys: readonly Buffer[],
  headers: Readonly<Record<string, string | undefined>>,
  body: Buffer,
  now: number,
): GatewayNotice {
  return { eventId: verifiedWebhook(keys, headers, body, now), ...read(body) }
}

function read(body: Buffer): Pick<GatewayNotice, 'subject' | 'key'> {
  try {
    const event = eventSchema.parse(JSON.parse(body.toString('utf8')))
    return { subject: toSubject(event.type), key: event.key }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError || error instanceof ProviderError) {
      throw invalid('webhook_malformed', 'The webhook is signed, but its content is not one that this adapter knows.')
    }
    throw error
  }
}
