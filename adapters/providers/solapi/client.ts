import { createHmac, randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { ChannelReceipt } from '../../../domain/ports/channel.ts'
import { malformed, openAfter, refusal, unreadable } from '../../kit/failures.ts'
import { type CallKind, callProvider, type ProviderCall } from '../../kit/http.ts'
import { FAILURES } from './failures.ts'
import type { SolapiSettings } from './settings.ts'
import { errorAnswer, KEY_FIELD, keyOf, listAnswer, type MessageReport, messageReport, receiptOf, sendAnswer, timeOf } from './wire.ts'

/** A citizen has at most so many pages of messages from us; the search for a key goes no further. */
const PAGES_MAX = 20
const PAGE_LENGTH = 500

/** One message, in Solapi's words, but for its sender and our key. */
export type Message = { readonly to: string } & Readonly<Record<string, unknown>>

export interface SolapiClient {
  /** Hands in one message under our key. @throws ProviderError `unknown` where it may have been taken. */
  send(key: string, message: Message, signal: AbortSignal): Promise<ChannelReceipt>
  /** Looks among the messages to a number for those with our key; null where there is none. */
  find(key: string, to: string, signal: AbortSignal): Promise<ChannelReceipt | null>
}

/** The signature of Solapi's API: HMAC-SHA256 over the date and a salt that is used once. */
export function authorization({ apiKey, apiSecret }: Pick<SolapiSettings, 'apiKey' | 'apiSecret'>, now: number): string {
  const date = new Date(now).toISOString()
  const salt = randomBytes(16).toString('hex')
  const signature = createHmac('sha256', apiSecret).update(`${date}${salt}`).digest('hex')
  return `HMAC-SHA256 apiKey=${apiKey}, date=${date}, salt=${salt}, signature=${signature}`
}

export function createSolapiClient(settings: SolapiSettings): SolapiClient {
  const call = async <T>(
    request: Pick<ProviderCall, 'kind' | 'method' | 'body' | 'signal'>,
    path: string,
    schema: z.ZodType<T>,
  ): Promise<T> => {
    const headers = { authorization: authorization(settings, Date.now()) }
    const answer = await callProvider({ ...request, url: `${settings.url}${path}`, headers })
    if (answer.status !== 200) throw refusal(request.kind, answer, errorAnswer.safeParse(answer.body).data?.errorCode, FAILURES)
    if (answer.body === undefined) throw unreadable(request.kind)
    return check(request.kind, schema, answer.body)
  }

  return {
    async send(key, message, signal) {
      const body = {
        messages: [{ ...message, from: settings.sender, customFields: { [KEY_FIELD]: key } }],
        allowDuplicates: false,
        showMessageList: true,
      }
      const answer = await call({ kind: 'effect', method: 'POST', body, signal }, '/messages/v4/send-many/detail', sendAnswer)
      const ours = [...answer.failedMessageList, ...(answer.messageList ?? [])].find((one) => keyOf(one) === key)
      const at = Date.parse(answer.groupInfo.dateUpdated)
      if (ours === undefined || Number.isNaN(at)) throw malformed('effect', 'it does not tell of the message that was sent')
      return openAfter('effect', () => receiptOf(ours, at))
    },

    async find(key, to, signal) {
      const found: MessageReport[] = []
      let startKey: string | undefined
      for (let page = 0; page < PAGES_MAX; page += 1) {
        const query = new URLSearchParams({ to, from: settings.sender, limit: String(PAGE_LENGTH), ...(startKey ? { startKey } : {}) })
        const answer = await call({ kind: 'question', method: 'GET', signal }, `/messages/v4/list?${query.toString()}`, listAnswer)
        for (const message of Object.values(answer.messageList)) {
          // Others' messages on the same account are none of our business, whatever they look like.
          if (keyOf(message as MessageReport) === key) found.push(check('question', messageReport, message))
        }
        if (!answer.nextKey) return best(found)
        startKey = answer.nextKey
      }
      throw malformed('question', `there are more than ${PAGES_MAX * PAGE_LENGTH} messages to one number`)
    },
  }
}

/** Of several messages with one key (an earlier one had failed), the one that got furthest. */
function best(found: readonly MessageReport[]): ChannelReceipt | null {
  const receipts = found.map((message) => {
    const at = timeOf(message)
    if (at === undefined) throw malformed('question', 'a message has no date')
    return receiptOf(message, at)
  })
  const rank = (receipt: ChannelReceipt): number => ['failed', 'accepted', 'delivered', 'read'].indexOf(receipt.level)
  return receipts.sort((a, b) => rank(b) - rank(a) || b.at - a.at)[0] ?? null
}

function check<T>(kind: CallKind, schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (!result.success) throw malformed(kind, result.error.issues.map(({ path }) => path.join('.')).join(', '))
  return result.data
}
