import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { GojiError, invalid, ProviderError } from '../../../domain/errors.ts'
import type { ChannelNotice } from '../../../domain/ports/channel.ts'
import { keyOf, messageReport, receiptOf, timeOf } from './wire.ts'

const reports = z.array(z.unknown()).min(1).max(1_000)

/** What Solapi sends to prove itself: the SHA-1 of the webhook's secret, in hexadecimal digits. The body is not signed. */
export const webhookProof = (secret: string): string => createHash('sha1').update(secret).digest('hex')

/** While the secret is changed the setting has the new and the old one, parted by a comma; one of a secret's own is kept in it too. */
const proofsOf = (secrets: string): Buffer[] => [...new Set([secrets, ...secrets.split(',')])].map((one) => Buffer.from(webhookProof(one)))

/**
 * Verifies a report and translates each message in it. Reports about messages that are not ours are left out.
 * @throws GojiError `signature_invalid` (unauthorized); `webhook_malformed` (invalid) where it says nothing that we know.
 */
export function translateReports(secrets: string, headers: Readonly<Record<string, string | undefined>>, body: Buffer): ChannelNotice[] {
  const given = Buffer.from(headers['x-solapi-secret'] ?? '')
  if (!proofsOf(secrets).some((expected) => given.length === expected.length && timingSafeEqual(given, expected)))
    throw new GojiError(
      'unauthorized',
      'signature_invalid',
      'The webhook does not carry the proof of its sender. Check the webhook secret.',
    )
  try {
    return reports.parse(JSON.parse(body.toString('utf8'))).flatMap((report) => noticeOf(report) ?? [])
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError || error instanceof ProviderError)
      throw invalid('webhook_malformed', 'The webhook is from the provider, but its content is not one that this adapter knows.')
    throw error
  }
}

function noticeOf(report: unknown): ChannelNotice | null {
  const message = messageReport.parse(report)
  const key = keyOf(message)
  const at = timeOf(message)
  if (key === undefined || at === undefined) return null
  const { messageId, statusCode } = message
  // The same report may come again beside other ones: only what it says itself tells whether it is the same.
  return { eventId: `${messageId}:${statusCode}`, key, receipt: receiptOf(message, at), body: Buffer.from(`${key} ${statusCode}`) }
}
