import { z } from 'zod'
import type { ChannelReceipt } from '../../../domain/ports/channel.ts'
import { codeOf } from '../../kit/failures.ts'
import { meaningOf } from './statuses.ts'

/** The custom field that carries our delivery's key: what makes a message findable. */
export const KEY_FIELD = 'delivery'

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
const statusCode = z.string().regex(/^[0-9]{4}$/)
const customFields = z.record(z.string(), z.unknown()).nullish()
const date = z.string().max(40).nullish()

/** What Solapi says of one message: in a list, and in a webhook. Fields beyond these are ignored and never kept. */
export const messageReport = z.object({
  messageId: id,
  statusCode,
  customFields,
  dateCreated: date,
  dateUpdated: date,
  dateReceived: date,
  dateReported: date,
})
export type MessageReport = z.infer<typeof messageReport>

export const listAnswer = z.object({ messageList: z.record(z.string(), z.unknown()), nextKey: z.string().max(256).nullish() })

/** The answer to a send of one message: it stands in one of the two lists. */
const registered = z.object({ messageId: id, statusCode, customFields })
export const sendAnswer = z.object({
  groupInfo: z.object({ dateUpdated: z.string().max(40) }),
  failedMessageList: z.array(registered).max(10),
  messageList: z.array(registered).max(10).optional(),
})

export const errorAnswer = z.object({ errorCode: z.string().max(64) })

export const keyOf = (message: Pick<MessageReport, 'customFields'>): string | undefined => {
  const key = message.customFields?.[KEY_FIELD]
  return typeof key === 'string' ? key : undefined
}

/** The receipt of a message. @throws ProviderError technical `status_unknown`. */
export function receiptOf({ messageId, statusCode }: Pick<MessageReport, 'messageId' | 'statusCode'>, at: number): ChannelReceipt {
  const meaning = meaningOf(statusCode)
  return meaning.level === 'failed'
    ? { ...meaning, code: codeOf(`status_${statusCode}`), at, reference: messageId }
    : { ...meaning, at, reference: messageId }
}

/** When a message came to its status: milliseconds, by Solapi's clock; undefined where no date can be read. */
export function timeOf({ dateReceived, dateReported, dateUpdated, dateCreated }: MessageReport): number | undefined {
  const times = [dateReceived, dateReported, dateUpdated, dateCreated].map((text) => Date.parse(text ?? ''))
  return times.find((time) => !Number.isNaN(time))
}
