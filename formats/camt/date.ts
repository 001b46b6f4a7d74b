import { malformed } from './malformed.ts'
import { type Node, words } from './node.ts'

/** A day of the bank, and the moment where the bank says one. */
export interface BankDate {
  /** `2026-11-30`, as it stands in the file. */
  readonly day: string
  /** Milliseconds. Without a time and a zone it is noon of the day in UTC, which is that day from Honolulu to Sydney. */
  readonly at: number
}

const DATE = /^([12][0-9]{3}-[0-9]{2}-[0-9]{2})(?:T([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]{1,20})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?$/

/** A date that may have a time, which may have a zone; undefined for what is none. */
export function dateOf(node: Node): BankDate | undefined {
  const text = words(node) ?? ''
  const [, day = '', time, zone] = DATE.exec(text.length > 60 ? '' : text) ?? []
  // A day is that of the file whatever its zone; only a time with a zone is a moment.
  const at = Date.parse(time === undefined || zone === undefined ? `${day}T12:00:00Z` : `${day}T${time}${zone}`)
  const isReal = !Number.isNaN(at) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
  return isReal && day >= '1970-01-02' && day <= '2199-12-30' ? { day, at } : undefined
}

/** The day on which money was booked has to be one. @throws GojiError `statement_malformed`. */
export function readDate(node: Node): BankDate {
  const date = dateOf(node)
  if (date === undefined) throw malformed(node.line, `"${(words(node) ?? '').slice(0, 40)}" is not a date`)
  return date
}
