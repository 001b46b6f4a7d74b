import { invalid, ProviderError } from '../../../domain/errors.ts'
import type { ChannelNotice } from '../../../domain/ports/channel.ts'
import { verifiedWebhook } from '../../../adapters/kit/standard-webhooks.ts'
import { messageReport, receiptOf } from './wire.ts'

/**
 * YOURS: how the provider proves its webhooks, and what they say.
 * @throws GojiError `signature_invalid`; `webhook_malformed` (invalid) where it is signed and says nothing that we know.
 */
export function translate(
  keys: readonly Buffer[],
  headers: Readonly<Record<string, string | undefined>>,
  body: Buffer,
  now: number,
): ChannelNotice[] {
  const eventId = verifiedWebhook(keys, headers, body, now)
  try {
    const report = messageReport.parse(JSON.parse(body.toString('utf8')))
    return [{ eventId, key: report.key, receipt: receiptOf(report) }]
  } catch (error) {
    const known = error instanceof SyntaxError || error instanceof ProviderError || (error as Error).name === 'ZodError'
    if (!known) throw error
    throw invalid('webhook_malformed', 'The webhook is signed, but its content is not one that this adapter knows.')
  }
}
