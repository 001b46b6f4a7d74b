import { type Currency, isCurrency } from '../../domain/currencies.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../domain/duration.ts'
import { parseMoney } from '../../domain/money.ts'
import type { BillStatus } from '../../domain/states/bill.ts'
import type { Step } from '../../domain/step.ts'
import type { LogLine } from '../../store/log/read-log.ts'
import { type Child, html } from '../html.ts'
import { badge, type Tone } from '../parts/pieces.ts'
import { isoText, timeText } from '../words/dates.ts'
import { moneyText } from '../words/money.ts'
import type { Visit } from './context.ts'

/** How long something has waited, in its largest unit. */
export function ageText({ text, now }: Visit, at: number): string {
  const age = Math.max(0, now - at)
  if (age < HOUR_MS) return text.age.minutes(Math.floor(age / MINUTE_MS))
  return age < 2 * DAY_MS ? text.age.hours(Math.floor(age / HOUR_MS)) : text.age.days(Math.floor(age / DAY_MS))
}

export const money = ({ language }: Visit, minor: bigint, currency: Currency): string => moneyText(language, minor, currency)

/** An instant for people and programs. */
export const instant = ({ language }: Visit, zone: string, at: number): Child =>
  html`<time datetime="${isoText(at)}">${timeText(language, zone, at)}</time>`

export const channelName = ({ common }: Visit, channel: string): string =>
  (common.channels as Readonly<Record<string, string>>)[channel] ?? channel

export const methodName = ({ common }: Visit, method: string): string =>
  (common.methods as Readonly<Record<string, string>>)[method] ?? method

const TONES: Readonly<Record<BillStatus, Tone>> = {
  received: 'gray',
  issued: 'information',
  delivered: 'primary',
  overdue: 'danger',
  paid: 'success',
  settled: 'success',
  cancelled: 'gray',
  writtenOff: 'gray',
  handedBack: 'warning',
  concluded: 'gray',
}

export const statusBadge = ({ text }: Visit, status: BillStatus): Child => badge(TONES[status], text.status[status] ?? status)

export interface StoryEntry {
  readonly at: number
  readonly sentence: string
  readonly reason: string | null
  /** Who did it, in a word. */
  readonly by: string
}

/** Every entry of a bill's log in plain words; one that has none yet is told by its name. */
export const storyOf = (visit: Visit, log: readonly LogLine[]): StoryEntry[] =>
  log.map(({ at, action, actor, body: json }) => {
    const body = JSON.parse(json) as Readonly<Record<string, unknown>>
    const word = (name: string): string => (typeof body[name] === 'string' ? body[name] : '')
    const { text } = visit
    const facts = {
      channel: channelName(visit, word('channel')),
      amount: amountOf(visit, word('amount'), word('currency')),
      method: methodName(visit, word('method')),
      code: word('code') === '' ? '' : ` (${word('code')})`,
    }
    return {
      at,
      sentence: text.story[action]?.(facts) ?? text.storyOther(action),
      reason: word('reason') === '' ? null : text.reason(word('reason')),
      by: text.bill.by[actor.split(':')[0] ?? ''] ?? actor,
    }
  })

function amountOf(visit: Visit, amount: string, currency: string): string {
  if (!isCurrency(currency)) return amount
  return money(visit, parseMoney({ amount, currency }).minor, currency)
}

/** What a step to come will do. */
export function stepText(visit: Visit, step: Step): string {
  const name = step.kind === 'send' && step.purpose === 'reminder' ? 'remind' : step.kind
  const channel = step.kind === 'send' || step.kind === 'recall' ? channelName(visit, step.channel) : ''
  return visit.text.next[name]?.(channel) ?? name
}
