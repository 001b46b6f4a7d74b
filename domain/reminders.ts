import type { Bill } from './bill.ts'
import { outsideQuietHours } from './calendar.ts'
import { bestChannel } from './chain.ts'
import { dueAnchor, dueAt } from './due-date.ts'
import { durationMs } from './duration.ts'
import { after, between } from './own-time.ts'
import { stoppedBy } from './pause-rules.ts'
import type { Policy } from './policy.ts'
import { quietCalendar } from './quiet-hours.ts'

export interface Reminder {
  readonly key: string
  readonly channel: string
  readonly at: number | null
}

/**
 * The next reminder of the due date as it now is that is still to be sent, or null. What a moved date would have had before
 * it was moved is left out. One whose time passed together with a later one's (after an
 * outage) is left out: two reminders at the same minute help nobody.
 */
export function nextReminder(bill: Bill, policy: Policy, now: number): Reminder | null {
  const due = dueAt(bill, policy)
  const anchor = dueAnchor(bill, policy)
  const channel = bestChannel(bill)
  if (due === null || anchor === null || channel === null) return null
  const pauses = stoppedBy('remind', bill, policy)
  // A pause that stops the reminders but not the due date takes nothing from the time between the two.
  const span = between(anchor, due, pauses.length === 0 ? [] : stoppedBy('due', bill, policy))
  const dates = policy.reminders
    .map((rule, index) => {
      const offset = durationMs(rule.offset)
      const lead = span - offset
      const at = rule.when === 'after' ? after(due, offset, pauses) : lead > 0 ? after(anchor, lead, pauses) : -Infinity
      return { key: bill.dueRevision === 1 ? `reminder:${index + 1}` : `reminder:${index + 1}:${bill.dueRevision}`, at }
    })
    .filter(({ at }) => at === null || at > anchor)
    .map(({ key, at }) => ({ key, at: at === null ? null : outsideQuietHours(at, quietCalendar(bill, policy, channel)) }))
    .sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity))
  const sent = new Map(bill.deliveries.map((delivery) => [delivery.key, delivery]))
  for (const [index, { key, at }] of dates.entries()) {
    const delivery = sent.get(key)
    if (delivery?.state === 'sending') return { key, channel: delivery.channel, at: delivery.attemptedAt }
    if (delivery && delivery.state !== 'stopped') continue
    const later = dates[index + 1]
    if (later && later.at !== null && later.at <= now) continue
    return { key, channel, at }
  }
  return null
}
