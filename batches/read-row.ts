import type { z } from 'zod'
import { newBillSchema } from '../schemas/new-bill.ts'
import { codeOf, pointerOf } from '../schemas/refusal.ts'
import { instantOf } from '../domain/calendar.ts'
import { readAmount } from './amounts.ts'
import { type Cell, textOf } from './cell.ts'
import { dateExample, readDate } from './dates.ts'
import type { Reading } from './reading.ts'
import type { HeadedRow } from './table.ts'

/** The body of `POST /v1/bills`. */
export type BillBody = z.input<typeof newBillSchema>

/** What is wrong with a row: the column, the field of the bill it stands for, and what to do. */
export interface Problem {
  /** As `POST /v1/bills` would refuse it. */
  readonly code: string
  /** The institution's own word for the column; `the row` where it is about all of it. */
  readonly column: string
  /** JSON pointer into the bill; empty where it is about the row. */
  readonly pointer: string
  readonly message: string
}

export interface ReadRow {
  readonly body: BillBody
  readonly problems: readonly Problem[]
  /** The column that a field of the bill came from, where it came from one. */
  readonly columnOf: (path: readonly PropertyKey[]) => string | undefined
}

/** Neither is text that anybody typed, and the database refuses both. */
const UNSTORABLE = /[\u0000\ud800-\udfff]/u

/** The cell of a row under a title; empty where there is no such column. */
export const cellOf = ({ cells, header }: HeadedRow, column: string | undefined): Cell =>
  column === undefined ? '' : (cells[header.places.get(column) ?? -1] ?? '')

/** Why a row cannot be read at all: it has other cells than the header. Null where it can. */
export function misfit({ cells, header }: HeadedRow): Problem | null {
  if (cells.length === header.width) return null
  const message = `has ${cells.length} cells where the header has ${header.width}. Put cells that hold the delimiter in quotes.`
  return { code: 'row_malformed', column: 'the row', pointer: '', message }
}

/**
 * Reads a row into the body of a bill, with everything that is wrong with it: what it lets through, the API's own schema
 * lets through too. `zone` is the institution's, in which its days begin.
 */
export function readRow(row: HeadedRow, reading: Reading, { policy, zone }: { policy: string; zone: string }): ReadRow {
  const { columns, defaults } = reading
  const problems: Problem[] = []
  // What is said of a column first says it best: later readers of the same cell only stumble over it again.
  const wrong = (code: string, column: string, pointer: string, message: string): void => {
    if (!problems.some((known) => known.column === column)) problems.push({ code, column, pointer, message })
  }
  const cell = (column: string | undefined): string => textOf(cellOf(row, column))
  const date = (column: string | undefined, pointer: string): string | null => {
    if (column === undefined) return null
    const found = readDate(cellOf(row, column), reading.dateFormat)
    if (found === null) {
      const how = `Write it as ${reading.dateFormat}, such as ${dateExample(reading.dateFormat)}.`
      wrong('value_invalid', column, pointer, `"${cell(column).slice(0, 40)}" is not a date. ${how}`)
    }
    return found
  }
  const dateOr = (column: string | undefined, pointer: string): string | null => (cell(column) === '' ? null : date(column, pointer))

  for (const [title, at] of row.header.places) {
    const found = row.cells[at]
    if (typeof found === 'object' && found.kind === 'error' && Object.hasOwn(wantedIn(reading), title))
      wrong('value_invalid', title, '', found.text)
  }
  for (const column of columns.dates) date(column, '')
  const dueDate = dateOr(columns.dueDate, '/dueDate') ?? defaults.dueDate
  const issueDay = dateOr(columns.issueDate, '/issueAt')
  const issueAt = issueDay === null ? defaults.issueAt : new Date(instantOf(issueDay, 0, zone)).toISOString()
  const validUntil = dateOr(columns.validUntil, '/validUntil') ?? defaults.validUntil
  const currency = cell(columns.currency)
  if (columns.currency !== undefined && currency !== reading.currency) {
    const remedy = `Write ${reading.currency}, or load bills in another currency from a file of their own.`
    wrong('currency_differs', columns.currency, '/amount/currency', `"${currency}" is not the mapping's currency. ${remedy}`)
  }
  const language = cell(columns.language) || reading.language
  if (language !== 'ko' && language !== 'en')
    wrong('value_invalid', columns.language ?? 'language', '/citizen/language', `"${language}" is not a language. Write ko or en.`)
  const amount = amountOf(row, reading, (code, message) => wrong(code, columns.amount, '/amount/amount', message))
  const details = columns.details.filter((detail) => 'value' in detail || cell(detail.column) !== '')
  const contacts = reading.contacts.filter(({ column }) => cell(column) !== '')
  const body = {
    billNumber: cell(columns.billNumber),
    policy,
    title: cell(columns.title) || (defaults.title ?? ''),
    details: details.map((detail) => ({
      label: typeof detail.label === 'string' ? detail.label : detail.label[language as 'ko' | 'en'],
      value: 'value' in detail ? detail.value : cell(detail.column),
    })),
    amount: amount === null ? null : { amount, currency: reading.currency },
    ...(dueDate === undefined ? {} : { dueDate }),
    ...(issueAt === undefined ? {} : { issueAt }),
    ...(validUntil === undefined ? {} : { validUntil }),
    citizen: {
      identifier: cell(columns.citizen),
      ...(cell(columns.citizenName) === '' ? {} : { name: cell(columns.citizenName) }),
      language: language as 'ko' | 'en',
      contacts: contacts.map(({ channel, column }) => ({ channel, address: cell(column) })),
    },
  }
  const columnOf = ([field, part, further]: readonly PropertyKey[]): string | undefined => {
    if (
      field === 'billNumber' ||
      field === 'title' ||
      field === 'dueDate' ||
      field === 'validUntil' ||
      field === 'policy' ||
      field === 'amount'
    )
      return columns[field]
    if (field === 'issueAt') return columns.issueDate
    if (field === 'details') return columnIn(details[Number(part)])
    if (field !== 'citizen') return undefined
    if (part === 'identifier') return columns.citizen
    if (part === 'name') return columns.citizenName
    return part === 'contacts' ? contacts[Number(further)]?.column : columns.language
  }
  for (const issue of newBillSchema.safeParse(body).error?.issues ?? []) {
    wrong(codeOf(issue), columnOf(issue.path) ?? 'the row', pointerOf(issue.path), wording(issue))
  }
  if (problems.length === 0 && row.cells.some((one) => UNSTORABLE.test(textOf(one))))
    wrong('text_unstorable', 'the row', '', 'has a NUL character or half a surrogate pair. Leave it out.')
  return { body, problems, columnOf }
}

const wanted = new WeakMap<Reading, Readonly<Record<string, true>>>()

/** The columns that the mapping names; the others may hold what they will. */
function wantedIn(reading: Reading): Readonly<Record<string, true>> {
  const known = wanted.get(reading)
  if (known) return known
  const { dates, details, ...single } = reading.columns
  const titles = [...dates, ...details.map(columnIn), ...Object.values(single), ...reading.contacts.map(({ column }) => column)]
  const made = Object.fromEntries(titles.flatMap((title) => (title === undefined ? [] : [[title, true as const]])))
  wanted.set(reading, made)
  return made
}

const columnIn = (detail: Reading['columns']['details'][number] | undefined): string | undefined =>
  detail !== undefined && 'column' in detail ? detail.column : undefined

function wording(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small') return 'is empty. Fill it in or take the row out.'
  if (issue.code === 'too_big') return `is longer than ${String(issue.maximum)} characters. Shorten it.`
  return issue.message
}

/** The amount in the wire's form; null for a notice, or when something is wrong with it. */
function amountOf(row: HeadedRow, reading: Reading, wrong: (code: string, message: string) => void): string | null {
  const cell = cellOf(row, reading.columns.amount)
  if (textOf(cell) === '') {
    if (reading.emptyAmount === 'refuse')
      wrong('property_missing', 'is empty. Write the amount, or set emptyAmount to "notice" in the mapping where a bill may ask for none.')
    return null
  }
  const read = readAmount(cell, reading)
  if ('amount' in read) return read.amount
  wrong(read.code, read.message)
  return null
}
