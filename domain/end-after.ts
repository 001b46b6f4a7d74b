import { dayAfter, endOfDay } from './calendar.ts'
import { DAY_MS, type Duration, durationMs, isCalendarDays } from './duration.ts'
import { after, type Pause } from './own-time.ts'

/**
 * When a length of a policy is over (milliseconds), in a bill's own time: after days at the end of that local day. Null
 * while an open pause keeps it from coming.
 */
export function endAfter(from: number, length: Duration, zone: string, pauses: readonly Pause[]): number | null {
  const ms = durationMs(length)
  if (!isCalendarDays(length)) return after(from, ms, pauses)
  return after(from, endOfDay(dayAfter(from, ms / DAY_MS, zone), zone) - from, pauses)
}
