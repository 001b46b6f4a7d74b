import { invalid } from './errors.ts'

/**
 * A length of time in a policy, as ISO 8601: `P30D` counts calendar days (a due date after `P30D` is the end of that
 * local day), `PT24H` or `PT40S` counts exact time. The two are not mixed, so that each has one meaning.
 */
export type Duration = `P${number}D` | `PT${string}`

const DAYS = /^P([0-9]{1,5})D$/
const TIME = /^PT(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,7})S)?$/

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

export const isCalendarDays = (duration: Duration): boolean => DAYS.test(duration)

/** Milliseconds; a day counts 24 hours. @throws GojiError `duration_malformed`. */
export function durationMs(duration: Duration): number {
  const days = DAYS.exec(duration)
  if (days) return Number(days[1]) * DAY_MS
  const time = TIME.exec(duration)
  if (!time || duration === 'PT') {
    throw invalid(
      'duration_malformed',
      `"${duration}" is not a duration. Use whole days (P30D) or hours, minutes and seconds (PT24H, PT1M30S).`,
    )
  }
  const [hours, minutes, seconds] = [time[1], time[2], time[3]].map((part) => Number(part ?? 0))
  return ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1000
}
