import type { z } from 'zod'
import type { Notice } from '../../../domain/ports/channel.ts'
import { malformed, refusal, unreadable } from '../../../adapters/kit/failures.ts'
import { type CallKind, callProvider, type ProviderCall } from '../../../adapters/kit/http.ts'
import { FAILURES } from './failures.ts'
import type { Settings } from './settings.ts'
import { errorReport, type MessageReport, messageReport, recipientReport } from './wire.ts'

/** YOURS: the provider's calls. Each throws ProviderError and nothing else, and is given up with its signal. */
export interface Client {
  reachable(address: string, signal: AbortSignal): Promise<boolean>
  send(key: string, address: string, notice: Notice, signal: AbortSignal): Promise<MessageReport>
  /** Null only where the provider itself says that it has never seen the key. */
  find(key: string, signal: AbortSignal): Promise<MessageReport | null>
}

export function createClient({ url, secret }: Settings): Client {
  const call = (request: Pick<ProviderCall, 'kind' | 'method' | 'body' | 'signal'>, path: string, key?: string) =>
    callProvider({
      ...request,
      url: `${url}${path}`,
      headers: { authorization: `Bearer ${secret}`, ...(key === undefined ? {} : { 'idempotency-key': key }) },
    })
  const read = <T>(kind: CallKind, answer: Awaited<ReturnType<typeof call>>, schema: z.ZodType<T>): T => {
    if (answer.status !== 200) throw refusal(kind, answer, errorReport.safeParse(answer.body).data?.code, FAILURES)
    if (answer.body === undefined) throw unreadable(kind)
    const result = schema.safeParse(answer.body)
    if (!result.success) throw malformed(kind, result.error.issues.map(({ path }) => path.join('.')).join(', '))
    return result.data
  }
  return {
    async reachable(address, signal) {
      const answer = await call({ kind: 'question', method: 'GET', signal }, `/recipients/${encodeURIComponent(address)}`)
      return answer.status === 404 ? false : read('question', answer, recipientReport).reachable
    },
    async send(key, address, notice, signal) {
      const answer = await call({ kind: 'effect', method: 'POST', body: { to: address, notice }, signal }, '/messages', key)
      const report = read('effect', answer, messageReport)
      if (report.key !== key) throw malformed('effect', 'it is about another message')
      return report
    },
    async find(key, signal) {
      const answer = await call({ kind: 'question', method: 'GET', signal }, `/messages/${encodeURIComponent(key)}`)
      return answer.status === 404 ? null : read('question', answer, messageReport)
    },
  }
}
