import type { Bill } from './bill.ts'
import { type Calendar, outsideQuietHours } from './calendar.ts'
import type { Pause } from './own-time.ts'
import type { Clock, Policy } from './policy.ts'

/** The pauses that stop a clock under this policy: all of them, or none. */
export const stoppedBy = (clock: Clock, bill: Bill, policy: Policy): readonly Pause[] =>
  policy.pauseStops.includes(clock) ? bill.pauses : []

/**
 * Moves a date out of a pause: nothing of a stopped clock happens inside one, also what fell due before it began and
 * was not done yet. Null while an open pause holds it.
 */
export function outsidePauses(at: number | null, now: number, pauses: readonly Pause[]): number | null {
  if (at === null) return null
  let time = at
  for (const pause of pauses) {
    const moment = Math.max(time, now)
    if (moment < pause.from || (pause.until !== null && pause.until <= moment)) continue
    if (pause.until === null) return null
    time = pause.until
  }
  return time
}

/**
 * When something may be sent that is due at `at`: in no pause and in no quiet hours, and what is late (an outage, a pause
 * that ended at night) waits for their end too. Null while an open pause holds it.
 */
export function sendAt(at: number | null, now: number, pauses: readonly Pause[], calendar: Calendar): number | null {
  const free = outsidePauses(at, now, pauses)
  if (free === null) return null
  const awake = outsideQuietHours(Math.max(free, now), calendar)
  return awake > Math.max(free, now) ? sendAt(awake, now, pauses, calendar) : free
}
