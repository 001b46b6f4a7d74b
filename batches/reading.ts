import { z } from 'zod'
import { slug } from '../schemas/ids.ts'
import { bothLanguages, language, line, text } from '../schemas/text.ts'
import { day, instant } from '../schemas/time.ts'
import { CURRENCIES, type Currency } from '../domain/currencies.ts'
import { AMOUNT_FORMATS, DECIMALS } from './amounts.ts'
import { DATE_FORMATS } from './dates.ts'
import { ENCODINGS } from './encoding.ts'

/** The title of a column, as it stands in the file. */
const column = z.string().min(1).max(200)

/** How the file itself is read. */
export const fileFields = {
  encoding: z.enum(ENCODINGS).default('auto'),
  delimiter: z.enum([',', ';', '\t', '|']).default(','),
  /** Name of the sheet in a workbook; the first where nothing is said. */
  sheet: z.string().min(1).max(31).optional(),
  /** Row of the header: what stands above it is left out. */
  headerRow: z.number().int().min(1).max(100).default(1),
  dateFormat: z.enum(DATE_FORMATS).default('YYYY-MM-DD'),
  amountFormat: z.enum(AMOUNT_FORMATS).default('plain'),
  decimals: z.enum(DECIMALS).default('exact'),
  currency: z.enum(CURRENCIES as [Currency, ...Currency[]]),
  language: language.default('en'),
  /** What an empty amount means: a mistake, or a notice that asks for no money. */
  emptyAmount: z.enum(['refuse', 'notice']).default('refuse'),
}

const label = z.union([text(80), bothLanguages(80)])

/** Which column holds what. */
export const columnFields = {
  billNumber: column,
  citizen: column,
  title: column.optional(),
  amount: column,
  /** Where the currency stands in the file too; it has to be the mapping's. */
  currency: column.optional(),
  /** Where a row names a policy of its own; an empty cell leaves the default. */
  policy: column.optional(),
  citizenName: column.optional(),
  /** `ko` or `en`. */
  language: column.optional(),
  dueDate: column.optional(),
  issueDate: column.optional(),
  /** The last day on which the bill may be paid here. */
  validUntil: column.optional(),
  /** Columns that have to hold a date. */
  dates: z.array(column).max(20).default([]),
  details: z
    .array(
      z.union(
        [z.strictObject({ label, column }), z.strictObject({ label, value: text(500) })],
        'is neither {"label", "column"} nor {"label", "value"}',
      ),
    )
    .max(20)
    .default([]),
}

/** What a row has that has no column for it, or whose cell is empty. */
export const defaultFields = {
  policy: slug.optional(),
  title: text(200).optional(),
  dueDate: day.optional(),
  issueAt: instant.optional(),
  validUntil: day.optional(),
}

export const contactColumn = z.strictObject({ channel: line(64), column })

/** How the files of one institution are read: docs/mapping.md explains each field. */
export const readingSchema = z
  .strictObject({
    ...fileFields,
    columns: z.strictObject(columnFields),
    defaults: z.strictObject(defaultFields).prefault({}),
    contacts: z.array(contactColumn).max(10).default([]),
  })
  .refine(({ columns, defaults }) => columns.title !== undefined || defaults.title !== undefined, {
    path: ['columns', 'title'],
    message: 'needs a column, or a title for all rows in defaults',
  })

export type Reading = z.output<typeof readingSchema>

/** Every column that a mapping names, with the field that names it. */
export function wantedColumns({ columns, contacts }: Pick<Reading, 'columns' | 'contacts'>): Record<string, string> {
  const { dates, details, ...single } = columns
  const named: (readonly [string, string])[] = [
    ...contacts.map((contact, index) => [contact.column, `contacts/${index}`] as const),
    ...details.flatMap((detail, index) => ('column' in detail ? [[detail.column, `columns/details/${index}`] as const] : [])),
    ...dates.map((title, index) => [title, `columns/dates/${index}`] as const),
    ...Object.entries(single).flatMap(([field, title]) => (title === undefined ? [] : [[title, `columns/${field}`] as const])),
  ]
  return Object.fromEntries(named)
}
