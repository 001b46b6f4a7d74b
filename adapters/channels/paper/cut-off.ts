import { addDays, instantOf, localParts } from '../../../domain/calendar.ts'
import { type Duration, durationMs } from '../../../domain/duration.ts'

/** When letters that wait are closed into a batch: the first moment after a given one (both in milliseconds). */
export type CutOff = (at: number) => number

const DAILY = /^([01][0-9]|2[0-3]):([0-5][0-9]) ([A-Za-z][A-Za-z0-9_+/-]*)$/

/** Reads `PT1H` (every full hour) or `18:00 Asia/Seoul` (every day at that time there); null where it is neither. */
export function parseCutOff(text: string): CutOff | null {
  const daily = DAILY.exec(text)
  if (daily) return isZone(daily[3] ?? '') ? everyDay(Number(daily[1]) * 60 + Number(daily[2]), daily[3] ?? '') : null
  const every = exactMs(text)
  return every === null ? null : (at) => (Math.floor(at / every) + 1) * every
}

const everyDay =
  (minutes: number, zone: string): CutOff =>
  (at) => {
    const { date } = localParts(at, zone)
    const today = instantOf(date, minutes, zone)
    return today > at ? today : instantOf(addDays(date, 1), minutes, zone)
  }

function exactMs(text: string): number | null {
  try {
    const ms = text.startsWith('PT') ? durationMs(text as Duration) : 0
    return ms > 0 ? ms : null
  } catch {
    return null
  }
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
