import type { Forecast } from '../../domain/plan.ts'
import { isPayable } from '../../domain/states/bill.ts'
import type { BillView } from '../bill-view.ts'
import { INBOX } from '../inbox.ts'
import type { Texts } from '../texts/index.ts'
import { nearText, soonText } from './dates.ts'
import type { Reader } from './reader.ts'

/** One thing that will happen by itself. */
export interface NextStep {
  /** Milliseconds. */
  readonly at: number
  /** `26시간 후`, `12월 3일 (목)`. */
  readonly when: string
  readonly sentence: string
}

/** The way a message goes out, as part of a sentence. */
export const byChannel = (text: Texts, channel: string): string => text.byChannel[channel] ?? text.byOther(channel)

/** The steps to come that concern the citizen, with their dates, in plain words. What only the books need is left out. */
export function nextSteps(view: BillView, { text, language, now }: Reader): NextStep[] {
  return view.coming.flatMap((step, index) => {
    const sentence = sentenceOf(step, index, view, text)
    if (sentence === null) return []
    // The bill falls due at the end of its last day; the step itself is a moment later and would name the next day.
    const at = step.step.kind === 'fallDue' ? (view.dueAt ?? step.at) : step.at
    // What is due already waits for the bill's run, which may be a moment or, after an outage, longer.
    const when = at <= now ? text.next.soon : (soonText(language, at, now) ?? nearText(language, view.zone, at, now))
    return [{ at, when, sentence }]
  })
}

function sentenceOf({ step }: Forecast, index: number, view: BillView, text: Texts): string | null {
  switch (step.kind) {
    case 'send':
      return sendSentence(step, index, view, text)
    case 'fallDue':
      return text.next.fallDue
    case 'surcharge':
      return text.next.surcharge
    case 'handBack':
      return (view.bill.asksMoney ? text.next.handBack : text.next.handBackNotice)(view.institution)
    case 'refund':
      return text.next.refund
    case 'expire':
      return text.next.expire(view.institution)
    case 'useCredit':
      return text.next.useCredit
    case 'endCheckout':
    case 'issue':
    case 'conclude':
    case 'askSettlement':
    case 'openException':
    case 'askAboutReturn':
    case 'recall':
      return null
  }
}

function sendSentence(step: Extract<Forecast['step'], { kind: 'send' }>, index: number, view: BillView, text: Texts): string {
  const by = byChannel(text, step.channel)
  if (step.purpose === 'reminder') return text.next.remind(by)
  if (step.purpose === 'refundAccount') return text.next.askAccount(by)
  const sentBefore =
    view.bill.deliveries.some(({ purpose, key }) => purpose === 'notice' && key !== step.key) ||
    view.coming.slice(0, index).some((other) => other.step.kind === 'send')
  if (!sentBefore) return text.next.sendFirst(by)
  return stopsWhenOpened(view) ? text.next.sendAgainUnlessOpened(by) : text.next.sendAgain(by)
}

/** Opening the bill here counts as read on this site's own inbox. Only where that is part of the plan is it promised to help. */
const stopsWhenOpened = ({ bill }: BillView): boolean =>
  bill.deliveries.some(
    ({ purpose, channel, endedAt, readAt }) => purpose === 'notice' && channel === INBOX && endedAt === null && readAt === null,
  )

/** What to say where no date is set: the bill waits for something, or is over. Null where dates say it all. */
export function standstill({ bill, paused, institution }: BillView, text: Texts): string | null {
  if (bill.refunds.some(({ state }) => state === 'requested' || state === 'submitted')) return text.next.refund
  if (bill.refunds.some(({ state }) => state === 'awaitingAccount')) return text.next.awaitingAccount
  if (bill.refunds.some(({ state }) => state === 'awaitingPayout')) return text.next.refund
  if (bill.checkoutOpen && isPayable(bill.status)) return text.next.paying
  if (bill.status === 'paid') return text.next.paid
  if (bill.status === 'settled') return text.next.settled
  if (bill.status === 'handedBack') return text.next.handedBack(institution)
  if (bill.status === 'cancelled' || bill.status === 'writtenOff' || bill.status === 'concluded') return text.next.closed
  return paused ? text.next.paused : null
}
