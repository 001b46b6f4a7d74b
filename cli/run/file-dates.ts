import type { DATE_FORMATS } from './mapping.ts'

type DateFormat = (typeof DATE_FORMATS)[number]

const PATTERNS: Record<DateFormat, RegExp> = {
  'DD/MM/YYYY': /^(?<day>\d{2})\/(?<month>\d{2})\/(?<year>\d{4})$/,
  'YYYY-MM-DD': /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/,
}

export const dateExample = (format: DateFormat): string => (format === 'DD/MM/YYYY' ? '31/01/2021' : '2021-01-31')

/** Whether a text is a day of the calendar in this format: 30/02/2021 is none. */
export function isDate(text: string, format: DateFormat): boolean {
  const parts = PATTERNS[format].exec(text)?.groups
  if (!parts) return false
  const iso = `${parts['year']}-${parts['month']}-${parts['day']}`
  const time = Date.parse(`${iso}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso)
}
