import type { z } from 'zod'
import { newBillSchema } from '../../api/bills/new-bill-schema.ts'
import { GojiError } from '../../domain/errors.ts'
import { parseMoney } from '../../domain/money.ts'
import { dateExample, isDate } from './file-dates.ts'
import type { Header } from './header.ts'
import type { MappedInstitution, Mapping } from './mapping.ts'

/** The body of `POST /v1/bills`. */
export type NewBill = z.input<typeof newBillSchema>

/** A bill as the file has it. */
export interface FileBill {
  readonly row: number
  readonly institution: MappedInstitution
  /** What is sent, as far as the file says it. */
  readonly body: NewBill
}

/** What is wrong with a row: the field by its column, and what to do. */
export interface Problem {
  readonly row: number
  readonly field: string
  readonly message: string
}

/** Reads a row, or says everything that is wrong with it; what it lets through the API's own schema lets through too. */
export function readRow(row: number, cells: readonly string[], header: Header, mapping: Mapping): FileBill | Problem[] {
  if (cells.length !== header.width) {
    return [
      {
        row,
        field: 'the row',
        message: `has ${cells.length} cells where the header has ${header.width}. Put cells that hold the delimiter in quotes.`,
      },
    ]
  }
  const problems: Problem[] = []
  const { columns } = mapping
  const wrong = (field: string, message: string): void => void problems.push({ row, field, message })
  const cell = (column: string | undefined): string => (column === undefined ? '' : (cells[header.places.get(column) ?? -1] ?? '').trim())

  const institution = mapping.institutions.find(({ value }) => value === cell(columns.institution))
  if (!institution)
    wrong(
      columns.institution,
      `"${cell(columns.institution)}" is not an institution of the mapping. Correct it, or add it to the mapping's institutions.`,
    )
  const policy = cell(columns.policy) || (institution?.policy ?? '')
  if (institution && mapping.policies[policy] === undefined) {
    wrong(
      columns.policy ?? 'policy',
      `"${policy}" is not a policy of the mapping. Its policies are: ${Object.keys(mapping.policies).join(', ')}.`,
    )
  }
  for (const column of columns.dates) {
    if (!isDate(cell(column), mapping.dateFormat))
      wrong(column, `"${cell(column)}" is not a date. Write it as ${mapping.dateFormat}, such as ${dateExample(mapping.dateFormat)}.`)
  }
  const currency = cell(columns.currency)
  if (columns.currency !== undefined && currency !== mapping.currency) {
    wrong(
      columns.currency,
      `"${currency}" is not the mapping's currency. Write ${mapping.currency}, or load bills in another currency from a file of their own.`,
    )
  }
  const language = cell(columns.language) || mapping.language
  if (language !== 'ko' && language !== 'en') wrong(columns.language ?? 'language', `"${language}" is not a language. Write ko or en.`)
  const amount = readAmount(cell(columns.amount), mapping, (message) => wrong(columns.amount, message))
  const details = columns.details.filter(({ column }) => cell(column) !== '')
  const contacts = mapping.contacts.flatMap((contact) => ('column' in contact && cell(contact.column) !== '' ? [contact] : []))
  const body = {
    billNumber: cell(columns.billNumber),
    policy,
    title: cell(columns.title),
    details: details.map(({ label, column }) => ({
      label: typeof label === 'string' ? label : label[language as 'ko' | 'en'],
      value: cell(column),
    })),
    amount: amount === null ? null : { amount, currency: mapping.currency },
    citizen: {
      identifier: cell(columns.citizen),
      ...(cell(columns.citizenName) === '' ? {} : { name: cell(columns.citizenName) }),
      language: language as 'ko' | 'en',
      contacts: contacts.map(({ channel, column }) => ({ channel, address: cell(column) })),
    },
  }
  const columnOf = ([field, part, further]: readonly PropertyKey[]): string | undefined => {
    if (field === 'billNumber' || field === 'title') return columns[field]
    if (field === 'details') return details[Number(part)]?.column
    if (field !== 'citizen') return undefined
    return part === 'identifier'
      ? columns.citizen
      : part === 'name'
        ? columns.citizenName
        : part === 'contacts'
          ? contacts[Number(further)]?.column
          : undefined
  }
  for (const issue of newBillSchema.safeParse(body).error?.issues ?? []) {
    const column = columnOf(issue.path)
    // What has no column of its own (policy, language, amount) was told above, in the file's words.
    if (column !== undefined && !problems.some(({ field }) => field === column)) wrong(column, wording(issue))
  }
  return problems.length > 0 || !institution ? problems : { row, institution, body }
}

function wording(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small') return 'is empty. Fill it in or take the row out.'
  if (issue.code === 'too_big') return `is longer than ${String(issue.maximum)} characters. Shorten it.`
  return issue.message
}

/** The amount in the wire's form; null for a notice, or when something is wrong with it. */
function readAmount(text: string, { currency, emptyAmount }: Mapping, wrong: (message: string) => void): string | null {
  if (text === '') {
    if (emptyAmount === 'refuse')
      wrong('is empty. Write the amount, or set emptyAmount to "notice" in the mapping where a bill may ask for none.')
    return null
  }
  try {
    if (parseMoney({ amount: text, currency }).minor > 0n) return text
    wrong(`"${text}" is not above zero. Take the row out if nothing is owed.`)
  } catch (error) {
    if (!(error instanceof GojiError)) throw error
    wrong(`"${text}" cannot be read. ${error.message}`)
  }
  return null
}
