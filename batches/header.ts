import { invalid } from '../domain/errors.ts'
import { type TableRow, textOf } from './cell.ts'

/** Where the file's columns stand, and how many there are. */
export interface Header {
  readonly places: ReadonlyMap<string, number>
  readonly width: number
}

/** @throws GojiError `bills_header_wrong` naming what is missing, for what, and which columns there are. */
export function readHeader(name: string, { row, cells }: TableRow, wanted: Readonly<Record<string, string>>): Header {
  const titles = cells.map(textOf)
  const wrong = (what: string) => invalid('bills_header_wrong', `${name}, row ${row}: ${what}`)
  const missing = Object.entries(wanted)
    .filter(([column]) => !titles.includes(column))
    .map(([column, use]) => `"${column}" (${use})`)
  if (missing.length > 0) {
    const there = `The file has: ${titles.map((title) => `"${title}"`).join(', ')}.`
    const hint = titles.length === 1 ? ' The mapping may name another delimiter than the file has.' : ''
    const subject = missing.length === 1 ? `the column ${missing.join()} is` : `the columns ${missing.join(', ')} are`
    throw wrong(`${subject} not there. ${there} Correct the file or the mapping's columns.${hint}`)
  }
  const twice = Object.keys(wanted).find((column) => titles.indexOf(column) !== titles.lastIndexOf(column))
  if (twice !== undefined) throw wrong(`the column "${twice}" is there twice. Rename one of them.`)
  return { places: new Map(titles.map((title, index) => [title, index])), width: titles.length }
}
