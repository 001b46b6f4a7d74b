import { z } from 'zod'
import type { ChannelReceipt } from '../../../domain/ports/channel.ts'
import { codeOf } from '../../../adapters/kit/failures.ts'
import { meaningOf } from './statuses.ts'

/** YOURS: what the provider says of one message, in answers and webhooks: bounded, and only what is needed. */
export const messageReport = z.object({
  key: z.string().min(1).max(128),
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  status: z.string().max(40),
  at: z.iso.datetime({ offset: true }),
})
export type MessageReport = z.infer<typeof messageReport>

export const recipientReport = z.object({ reachable: z.boolean() })
export const errorReport = z.object({ code: z.string().max(64) })

/** @throws ProviderError technical `status_unknown`. */
export function receiptOf({ id, status, at }: MessageReport): ChannelReceipt {
  const meaning = meaningOf(status)
  const common = { at: Date.parse(at), reference: id }
  return meaning.level === 'failed' ? { ...meaning, code: codeOf(status), ...common } : { ...meaning, ...common }
}
