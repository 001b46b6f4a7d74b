import type { BillView } from '../bill-view.ts'
import { dateText, daysUntil } from './dates.ts'
import type { Reader } from './reader.ts'

export interface DueWords {
  /** `2026년 12월 3일까지`, or why there is no date. */
  readonly date: string
  /** `16일 남음`; null where there is no date. */
  readonly left: string | null
  readonly urgent: boolean
}

/** Until when a bill is to be paid. */
export function dueWords(view: BillView, { text, language, now }: Reader): DueWords {
  const { dueAt, zone, paused } = view
  if (dueAt === null) return { date: paused ? text.due.paused : text.due.fromService, left: null, urgent: false }
  const days = daysUntil(dueAt, now, zone)
  const left = days === 0 ? text.due.today : days === 1 ? text.due.tomorrow : days > 0 ? text.due.left(days) : text.due.past(-days)
  return { date: dateText(language, zone, dueAt), left, urgent: days <= 1 }
}
