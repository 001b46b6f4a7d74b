import type { Bill } from './bill.ts'
import type { Calendar } from './calendar.ts'
import type { Policy } from './policy.ts'

/**
 * The calendar by which a channel may disturb this citizen: quiet hours are kept where the citizen lives, while every
 * date of money stays in the institution's zone. A channel that wakes nobody has no quiet hours.
 */
export function quietCalendar(bill: Pick<Bill, 'citizenZone'>, policy: Policy, channel: string): Calendar {
  const { calendar, chain } = policy
  if (calendar.quietHours === undefined) return calendar
  if (chain.find((link) => link.channel === channel)?.silent === true) return { zone: calendar.zone }
  return { ...calendar, zone: bill.citizenZone ?? calendar.zone }
}
