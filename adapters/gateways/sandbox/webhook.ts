import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { GojiError, invalid, ProviderError } from '../../../domain/errors.ts'
import type { GatewayNotice } from '../../../domain/ports/gateway.ts'
import { toSubject } from './statuses.ts'

/** How far the sender's clock may be from ours; beyond it a recorded webhook could be replayed. */
const TOLERANCE_SECONDS = 300

const eventSchema = z.object({ type: z.string().max(64), key: z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/) })

type Headers = Readonly<Record<string, string | undefined>>

/**
 * Verifies a webhook (Standard Webhooks) over its raw bytes and translates it. The header may carry several signatures
 * while the gateway changes its secret; one that is ours suffices.
 * @param now milliseconds, against which the sender's time is measured
 * @throws GojiError `signature_invalid` (unauthorized), always with the same words, so that a forger learns nothing;
 * `webhook_malformed` (invalid) where the signed content is not one that this adapter knows.
 */
export function translate(key: Buffer, headers: Headers, body: Buffer, now: number): GatewayNotice {
  const eventId = headers['webhook-id'] ?? ''
  const timestamp = headers['webhook-timestamp'] ?? ''
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(eventId) || !/^[0-9]{1,11}$/.test(timestamp)) throw refused()
  if (!hasOurs(headers['webhook-signature'] ?? '', sign(key, eventId, timestamp, body))) throw refused()
  if (Math.abs(Math.floor(now / 1000) - Number(timestamp)) > TOLERANCE_SECONDS) throw refused()
  return { eventId, ...read(body) }
}

const sign = (key: Buffer, eventId: string, timestamp: string, body: Buffer): Buffer =>
  Buffer.from(`v1,${createHmac('sha256', key).update(`${eventId}.${timestamp}.`).update(body).digest('base64')}`)

/** Compared as text: base64 that was decoded first could be written in several ways. */
const hasOurs = (header: string, expected: Buffer): boolean =>
  header
    .split(' ')
    .slice(0, 10)
    .map((signature) => Buffer.from(signature))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected))

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

const refused = (): GojiError =>
  new GojiError('unauthorized', 'signature_invalid', 'The webhook is not signed by the gateway, or its time is too far from ours.')
