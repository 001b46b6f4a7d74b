import { invalid } from '../../domain/errors.ts'
import type { Mapping } from './mapping.ts'

/** Where the file's columns stand, and how many there are. */
export interface Header {
  readonly places: ReadonlyMap<string, number>
  readonly width: number
}

/** @throws GojiError `bills_header_wrong` naming what is missing, for what, and which columns there are. */
export function readHeader(name: string, cells: readonly string[], mapping: Mapping): Header {
  const titles = cells.map((cell) => cell.trim())
  const wanted = Object.entries(wantedColumns(mapping))
  const missing = wanted.filter(([column]) => !titles.includes(column)).map(([column, use]) => `"${column}" (${use})`)
  if (missing.length > 0) {
    const there = `The file has: ${titles.map((title) => `"${title}"`).join(', ')}.`
    const hint = titles.length === 1 ? ' The mapping may name another delimiter than the file has.' : ''
    const subject = missing.length === 1 ? `the column ${missing.join()} is` : `the columns ${missing.join(', ')} are`
    throw wrong(name, `${subject} not there. ${there} Correct the file or the mapping's columns.${hint}`)
  }
  const twice = wanted.find(([column]) => titles.indexOf(column) !== titles.lastIndexOf(column))
  if (twice) throw wrong(name, `the column "${twice[0]}" is there twice. Rename one of them.`)
  return { places: new Map(titles.map((title, index) => [title, index])), width: titles.length }
}

/** Every column that the mapping names, with the field that names it. */
function wantedColumns({ columns, contacts }: Mapping): Record<string, string> {
  const { dates, details, ...single } = columns
  const named: (readonly [string, string])[] = [
    ...contacts.flatMap((contact, index) => ('column' in contact ? [[contact.column, `contacts/${index}`] as const] : [])),
    ...details.map(({ column }, index) => [column, `columns/details/${index}`] as const),
    ...dates.map((column, index) => [column, `columns/dates/${index}`] as const),
    ...Object.entries(single).flatMap(([field, column]) => (column === undefined ? [] : [[column, `columns/${field}`] as const])),
  ]
  return Object.fromEntries(named)
}

const wrong = (name: string, what: string) => invalid('bills_header_wrong', `${name}, row 1: ${what}`)
