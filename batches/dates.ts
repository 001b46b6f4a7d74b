import { type Cell, textOf } from './cell.ts'

/** The ways in which a file may write a day; in a workbook, a cell that Excel keeps as a date needs none. */
export const DATE_FORMATS = [
  'YYYY-MM-DD',
  'YYYY.MM.DD',
  'YYYY/MM/DD',
  'YYYYMMDD',
  'DD/MM/YYYY',
  'DD.MM.YYYY',
  'MM/DD/YYYY',
  'YYYY년 M월 D일',
] as const
export type DateFormat = (typeof DATE_FORMATS)[number]

/** Where a format writes leading zeros it needs them, but for the two Korean ones, which people write either way. */
const PATTERNS: Record<DateFormat, RegExp> = {
  'YYYY-MM-DD': /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/,
  'YYYY.MM.DD': /^(?<year>\d{4})\. ?(?<month>\d{1,2})\. ?(?<day>\d{1,2})\.?$/,
  'YYYY/MM/DD': /^(?<year>\d{4})\/(?<month>\d{2})\/(?<day>\d{2})$/,
  YYYYMMDD: /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
  'DD/MM/YYYY': /^(?<day>\d{2})\/(?<month>\d{2})\/(?<year>\d{4})$/,
  'DD.MM.YYYY': /^(?<day>\d{2})\.(?<month>\d{2})\.(?<year>\d{4})$/,
  'MM/DD/YYYY': /^(?<month>\d{2})\/(?<day>\d{2})\/(?<year>\d{4})$/,
  'YYYY년 M월 D일': /^(?<year>\d{4})년 ?(?<month>\d{1,2})월 ?(?<day>\d{1,2})일$/,
}

const EXAMPLE = { YYYY: '2021', MM: '01', DD: '31', M월: '1월', D일: '31일' }

export const dateExample = (format: DateFormat): string =>
  Object.entries(EXAMPLE).reduce<string>((text, [part, value]) => text.replace(part, value), format)

/** The day of a cell as `YYYY-MM-DD`, or null where it is none of the calendar: 30/02/2021, or a day with a time. */
export function readDate(cell: Cell, format: DateFormat): string | null {
  if (typeof cell !== 'string' && cell.kind === 'date') return isDay(cell.text) ? cell.text : null
  const parts = PATTERNS[format].exec(textOf(cell))?.groups
  if (!parts) return null
  const text = `${parts['year']}-${(parts['month'] ?? '').padStart(2, '0')}-${(parts['day'] ?? '').padStart(2, '0')}`
  return isDay(text) ? text : null
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text
}
