import { z } from 'zod'
import { GojiError, notFound, ProviderError } from '../../domain/errors.ts'
import { reply, type DocumentedAnswer, type RawCall, type Reply } from '../endpoint.ts'
import { WEBHOOK_BYTES_MAX } from '../http/raw-body.ts'
import { parseQuery } from '../http/query.ts'

/** Providers send what they send: the adapter judges the bytes. */
export const webhookInput = { bytesMax: WEBHOOK_BYTES_MAX, types: 'any' } as const

export const webhookParams = z.strictObject({
  name: z.string().meta({ description: "Name of the provider's adapter.", example: 'sample' }),
})

export const webhookAnswers: Readonly<Record<number, DocumentedAnswer>> = {
  200: {
    description: 'Recorded, known already, or about nothing of ours. None of these needs to be sent again.',
    schema: z.strictObject({ result: z.enum(['recorded', 'duplicate', 'ignored']) }).meta({ id: 'WebhookResult' }),
    example: { result: 'recorded' },
  },
}

export type WebhookResult = 'recorded' | 'duplicate' | 'ignored'

/** The adapter of the path. @throws GojiError `provider_not_found` where this deployment has none of that name. */
export function adapterOf<Port>(names: readonly string[], pick: (name: string) => Port, call: RawCall): { name: string; port: Port } {
  parseQuery(call.url)
  const name = call.params['name'] ?? ''
  if (!names.includes(name)) throw notFound('provider')
  return { name, port: pick(name) }
}

/**
 * Translates a webhook. One that is signed but says nothing we know is set aside with a line in the log: a refusal would
 * only make the provider send it again for days, before everything behind it. Where the adapter itself is behind its
 * provider, such as about a new status, the line is an error, for somebody has to look.
 * @throws GojiError `signature_invalid`.
 */
export function translated<Notice>(
  port: { translate(headers: RawCall['headers'], body: Buffer, now: number): Notice },
  call: RawCall,
  name: string,
): Notice | null {
  try {
    return port.translate(call.headers, call.body, call.now)
  } catch (error) {
    const line = { requestId: call.requestId, provider: name, code: (error as { code?: unknown }).code }
    if (error instanceof ProviderError) call.log.error(line, 'webhook set aside: the adapter does not understand its provider')
    else if (error instanceof GojiError && error.kind === 'invalid') call.log.warn(line, 'webhook set aside')
    else throw error
    return null
  }
}

export const answered = (result: WebhookResult): Reply => reply(200, { result })
