import { z } from 'zod'
import { durationMs, type Duration } from '../domain/duration.ts'

const EARLIEST = Date.UTC(1970, 0, 1)
const LATEST = Date.UTC(2200, 0, 1)
const inRange = (text: string): boolean => Date.parse(text) >= EARLIEST && Date.parse(text) < LATEST
const range = { message: 'The date has to lie between 1970 and 2199.', params: { code: 'date_out_of_range' } }

/** An instant with its offset, such as `2026-11-24T09:00:00+09:00`; read as milliseconds. */
export const instant = z.iso
  .datetime({ offset: true, error: 'An instant has to look like 2026-11-24T09:00:00+09:00, with its offset.' })
  .refine(inRange, range)

/** A day of the calendar. */
export const day = z.iso.date('A date has to look like 2026-11-24 and be in the calendar.').refine(inRange, range)

export const toMs = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text))

export const toIso = (ms: number): string => new Date(ms).toISOString()
export const toIsoOrNull = (ms: number | null): string | null => (ms === null ? null : toIso(ms))

/** A time in an answer. */
export const time = z.iso.datetime({ offset: true })

const isDuration = (text: string): boolean => {
  try {
    durationMs(text as Duration)
    return true
  } catch {
    return false
  }
}

/** `P30D` in calendar days, or `PT24H`, `PT1M30S` in exact time. */
export const duration = z
  .string()
  .max(24)
  .refine(isDuration, {
    message: 'A duration has to be whole days (P30D) or hours, minutes and seconds (PT24H, PT1M30S).',
    params: { code: 'duration_malformed' },
  })
  .meta({ example: 'P30D' })

/** A duration above zero: of what would otherwise never come to an end. */
export const longDuration = duration.refine((text) => !isDuration(text) || durationMs(text as Duration) > 0, {
  message: 'This duration has to be above zero.',
  params: { code: 'duration_zero' },
})

export const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** A time zone of the IANA database. */
export const zone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+/-]*$/)
  .refine(isZone, { message: 'There is no such time zone. Use a name such as Asia/Seoul.', params: { code: 'zone_unknown' } })
  .meta({ example: 'Asia/Seoul' })
