import { isCurrency } from '../../domain/currencies.ts'
import { parseMoney } from '../../domain/money.ts'
import type { Language } from '../../domain/ports/channel.ts'
import type { LogLine } from '../../store/log/read-log.ts'
import type { Texts } from '../texts/index.ts'
import { moneyText } from './money.ts'
import { byChannel } from './next-steps.ts'

export interface StoryLine {
  /** Milliseconds. */
  readonly at: number
  readonly sentence: string
  /** What the institution gave as its reason, where it did. */
  readonly reason: string | null
}

/** What happened so far, in plain words. Entries that only the books need are left out. */
export function storyLines(log: readonly LogLine[], text: Texts, language: Language): StoryLine[] {
  return log.flatMap(({ at, action, body: json }) => {
    const body = JSON.parse(json) as Readonly<Record<string, string | undefined>>
    const sentence = sentenceOf(action, body, text, language)
    return sentence === null
      ? []
      : [{ at, sentence, reason: REASONED.has(action) && body['reason'] ? text.story.reason(body['reason']) : null }]
  })
}

/** Entries whose reason is the institution's own sentence; a refund's is a code of ours. */
const REASONED = new Set(['paused', 'resumed', 'cancelled', 'writtenOff', 'extended', 'amended', 'objectionDecided'])

function sentenceOf(action: string, body: Readonly<Record<string, string | undefined>>, text: Texts, language: Language): string | null {
  const { story } = text
  const by = byChannel(text, body['channel'] ?? '')
  // Of a message that is no notice only its sending is told; what became of it is told by what the citizen does then.
  const reminder = body['key'] !== undefined && !body['key'].startsWith('notice:')
  const sent = body['key']?.startsWith('refundAccount:') ? story.askedAccount : story.reminded
  switch (action) {
    case 'received':
    case 'issue':
    case 'checkoutBegun':
    case 'checkoutEnded':
    case 'settlementMatched':
    case 'refundRefused':
    case 'refundAccountGiven':
    case 'refundAwaitsPayout':
    case 'refundAwaitsApproval':
    case 'refundDeclined':
    case 'reopened':
    case 'paymentDisputed':
    case 'disputeWon':
    case 'paymentTakenBack':
    case 'fallDue':
    case 'conclude':
    case 'handBack':
    case 'expire':
    case 'extended':
    case 'amended':
    case 'objected':
    case 'objectionDecided':
    case 'objectionOvertaken':
    case 'paused':
    case 'resumed':
    case 'cancelled':
    case 'writtenOff':
      return story[action]
    case 'accepted':
      return reminder ? sent(by) : story.accepted(by)
    case 'delivered':
      return reminder ? null : story.delivered(by)
    case 'read':
      return reminder ? null : story.read
    case 'unreachable':
    case 'failed':
    case 'returned':
    case 'recalled':
      return story[action](by)
    case 'paid':
      return story.paid(amountOf(body, language), text.methods[body['method'] ?? ''] ?? body['method'] ?? '')
    case 'surcharge':
    case 'surchargeTakenBack':
    case 'reduced':
    case 'refundRequested':
    case 'refunded':
    case 'excessHeld':
    case 'excessCredited':
    case 'excessReleased':
    case 'creditUsed':
      return story[action](amountOf(body, language))
    default:
      return null
  }
}

function amountOf({ amount = '', currency = '' }: Readonly<Record<string, string | undefined>>, language: Language): string {
  if (!isCurrency(currency)) return `${amount} ${currency}`
  return moneyText(language, parseMoney({ amount, currency }).minor, currency)
}
