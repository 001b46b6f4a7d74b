import { DAY_MS } from './duration.ts'

/** The calendar rules of a policy. Times of day are wall times `HH:MM` in the institution's zone. */
export interface Calendar {
  /** IANA zone, such as `Asia/Seoul`. */
  readonly zone: string
  /** No notice is sent from `from` until `until` (which may be the next morning). */
  readonly quietHours?: { readonly from: string; readonly until: string }
  /** A due date on a Saturday, Sunday or holiday moves to the next business day (Korea: 국세기본법 제5조). */
  readonly dueOnBusinessDay?: boolean
  /** Public holidays, `YYYY-MM-DD`. */
  readonly holidays?: readonly string[]
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone)
  if (!found) {
    found = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formatters.set(zone, found)
  }
  return found
}

/** Wall-clock date `YYYY-MM-DD` and minutes since local midnight of an instant (milliseconds) in a zone. */
export function localParts(at: number, zone: string): { date: string; minutes: number } {
  const local = new Date(at + offsetAt(at, zone))
  return { date: local.toISOString().slice(0, 10), minutes: local.getUTCHours() * 60 + local.getUTCMinutes() }
}

/** Offsets change on a quarter of an hour at the finest, and the plan asks for the same few hours again and again. */
const OFFSET_SLOT_MS = 15 * 60_000
const OFFSETS_MAX = 50_000
const offsets = new Map<string, number>()

/** Milliseconds that a zone is ahead of UTC at an instant. */
function offsetAt(at: number, zone: string): number {
  const slot = `${Math.floor(at / OFFSET_SLOT_MS)} ${zone}`
  let offset = offsets.get(slot)
  if (offset === undefined) {
    if (offsets.size >= OFFSETS_MAX) offsets.clear()
    offset = readOffset(at, zone)
    offsets.set(slot, offset)
  }
  return offset
}

function readOffset(at: number, zone: string): number {
  const parts = Object.fromEntries(
    formatter(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const asUtc = Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'], parts['hour'], parts['minute'], parts['second'])
  return asUtc - Math.floor(at / 1000) * 1000
}

/** The instant (milliseconds) of a wall time in a zone: in a gap of summer time it is after the gap, in an hour that comes twice the first. */
export function instantOf(date: string, minutes: number, zone: string): number {
  const wall = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000
  // No zone changes its offset twice within two days, so it is one of these two; in a gap neither fits.
  const before = offsetAt(wall - DAY_MS, zone)
  const after = offsetAt(wall + DAY_MS, zone)
  const early = wall - before
  if (before === after || offsetAt(early, zone) === before) return early
  const late = wall - after
  return offsetAt(late, zone) === after ? late : early
}

export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** The local day on which that many days have passed since an instant (milliseconds), however long each of them is. */
export const dayAfter = (from: number, days: number, zone: string): string => addDays(localParts(from, zone).date, days)

/**
 * The same day `months` later, or that month's last day where it has no such day (Korea: 민법 제160조).
 * `2027-01-31` and one month is `2027-02-28`.
 */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10)
}

/** The last millisecond of a local day, which is when a due date has passed. */
export const endOfDay = (date: string, zone: string): number => instantOf(addDays(date, 1), 0, zone) - 1

function isBusinessDay(date: string, calendar: Calendar): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !(calendar.holidays ?? []).includes(date)
}

/** The date itself, or the next business day where the calendar asks for one. */
export function dueDay(date: string, calendar: Calendar): string {
  if (!calendar.dueOnBusinessDay) return date
  let day = date
  while (!isBusinessDay(day, calendar)) day = addDays(day, 1)
  return day
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** The instant itself, or the end of the quiet hours it falls into. Legal deadlines never pass through here. */
export function outsideQuietHours(at: number, calendar: Calendar): number {
  if (!calendar.quietHours) return at
  const from = minutesOf(calendar.quietHours.from)
  const until = minutesOf(calendar.quietHours.until)
  const { date, minutes } = localParts(at, calendar.zone)
  if (from <= until) return minutes >= from && minutes < until ? instantOf(date, until, calendar.zone) : at
  if (minutes >= from) return instantOf(addDays(date, 1), until, calendar.zone)
  return minutes < until ? instantOf(date, until, calendar.zone) : at
}
