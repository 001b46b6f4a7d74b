import { localParts } from '../../domain/calendar.ts'
import { DAY_MS, HOUR_MS } from '../../domain/duration.ts'
import type { Language } from '../../domain/ports/channel.ts'

/** Up to here a citizen counts in hours, beyond it in dates. */
const HOURS_SHOWN_MAX = 48

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(language: Language, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${JSON.stringify(options)}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(language === 'ko' ? 'ko-KR' : 'en-GB', { timeZone: zone, ...options })
    formats.set(key, format)
  }
  return format
}

/** `2026년 12월 3일`, `3 December 2026`: the day on which an instant (milliseconds) falls where the institution is. */
export const dateText = (language: Language, zone: string, at: number): string =>
  formatOf(language, zone, { year: 'numeric', month: 'long', day: 'numeric' }).format(at)

/** The same without the year, for dates close by: `12월 3일 (목)`, `Thu 3 December`. */
export const dayText = (language: Language, zone: string, at: number): string =>
  formatOf(language, zone, { month: 'long', day: 'numeric', weekday: 'short' }).format(at).replace(',', '')

/** A date with the time of day, on a clock of 24 hours: `2026년 12월 3일 15:00`, `3 December 2026, 15:00`. */
export function timeText(language: Language, zone: string, at: number): string {
  const clock = formatOf(language, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
  return `${dateText(language, zone, at)}${language === 'ko' ? ' ' : ', '}${clock}`
}

const HALF_YEAR_MS = 180 * 86_400_000

/** A day close by without its year, any other with it. */
export const nearText = (language: Language, zone: string, at: number, now: number): string =>
  (Math.abs(at - now) < HALF_YEAR_MS ? dayText : dateText)(language, zone, at)

/** Machine-readable, for `<time datetime>`. */
export const isoText = (at: number): string => new Date(at).toISOString()

/** Calendar days from now until an instant, counted where the institution is: 0 is today, below zero is past. */
export const daysUntil = (at: number, now: number, zone: string): number =>
  Math.round((Date.parse(localParts(at, zone).date) - Date.parse(localParts(now, zone).date)) / DAY_MS)

/** `In 26 hours`, `26시간 후`, `In 40 minutes`; null when it is so far ahead that a date says more. */
export function soonText(language: Language, at: number, now: number): string | null {
  const hours = Math.round((at - now) / HOUR_MS)
  if (hours > HOURS_SHOWN_MAX) return null
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always' })
  const words = hours >= 2 ? format.format(hours, 'hour') : format.format(Math.max(1, Math.round((at - now) / 60_000)), 'minute')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
