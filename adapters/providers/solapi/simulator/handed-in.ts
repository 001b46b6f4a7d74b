import { z } from 'zod'
import { Refusal } from '../../../kit/simulator/serve.ts'
import type { SentMessage } from './entries.ts'

/** A template that KakaoTalk has approved. */
export interface ApprovedTemplate {
  readonly id: string
  readonly pfId: string
  readonly text: string
}

const VARIABLE = /#\{[^{}]+\}/g
const message = z.object({
  to: z.string().regex(/^[0-9]{8,12}$/),
  from: z.string().regex(/^[0-9]{5,12}$/),
  text: z.string().max(2_000).optional(),
  type: z.enum(['SMS', 'LMS', 'ATA']).optional(),
  subject: z.string().max(40).optional(),
  customFields: z.record(z.string(), z.string()).default({}),
  kakaoOptions: z
    .object({
      pfId: z.string(),
      templateId: z.string(),
      variables: z.record(z.string(), z.string()).default({}),
      disableSms: z.boolean().default(false),
    })
    .optional(),
})
const request = z.object({ messages: z.array(message).min(1).max(10_000) })

export interface HandedIn {
  readonly message: Omit<SentMessage, 'messageId' | 'groupId'>
  /** Why it is refused at once: one of Solapi's status codes. */
  readonly refused: string | undefined
}

/** The messages of a request, with the text that the citizen is going to read. @throws Refusal in Solapi's words. */
export function readMessages(json: unknown, templates: readonly ApprovedTemplate[]): HandedIn[] {
  const result = request.safeParse(json)
  if (!result.success) throw new Refusal(400, { errorCode: 'ValidationError', errorMessage: result.error.issues[0]?.path.join('.') ?? '' })
  return result.data.messages.map(({ to, from, text = '', type, customFields, kakaoOptions }) => {
    const base = { to, from, customFields }
    if (kakaoOptions === undefined) {
      const kind = type ?? (eucKrBytes(text) > 90 ? 'LMS' : 'SMS')
      const fits = text !== '' && kind !== 'ATA' && eucKrBytes(text) <= (kind === 'SMS' ? 90 : 2_000)
      return { message: { ...base, type: kind, text }, refused: fits ? undefined : '1010' }
    }
    const template = templates.find(({ id, pfId }) => id === kakaoOptions.templateId && pfId === kakaoOptions.pfId)
    if (template === undefined) return { message: { ...base, type: 'ATA', text: '' }, refused: '3105' }
    const wanted = new Set(template.text.match(VARIABLE) ?? [])
    const given = Object.keys(kakaoOptions.variables)
    const matches = given.length === wanted.size && given.every((name) => wanted.has(name))
    const worded = template.text.replace(VARIABLE, (name) => kakaoOptions.variables[name] ?? name)
    return { message: { ...base, type: 'ATA', text: worded }, refused: matches ? undefined : '3105' }
  })
}

/** Counted by the simulator's own rule, which is the carriers': the adapter's must come to the same. */
const eucKrBytes = (text: string): number => {
  let bytes = 0
  for (const character of text) bytes += character.charCodeAt(0) > 0x7f ? 2 : 1
  return bytes
}
