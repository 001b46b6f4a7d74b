import type { Readable } from 'node:stream'
import type { Cell, TableRow } from '../cell.ts'
import { dateCell, numberCell } from './numbers.ts'
import { grown, readXml } from './xml.ts'

/** As many columns as Excel has. */
const COLUMNS_MAX = 16_384
/** And as many rows. */
const ROWS_MAX = 1_048_576

export interface SheetContext {
  readonly strings: readonly string[]
  readonly dateStyles: readonly boolean[]
  readonly from1904: boolean
}

interface OpenCell {
  readonly at: number
  readonly type: string
  readonly style: number
  value: string
}

/** Rows of a sheet with something in them, as they come; empty cells at the end of a row are left out. */
export async function* readSheet(stream: Readable, context: SheetContext): AsyncGenerator<TableRow> {
  let done: TableRow[] = []
  let row = 0
  let cells: Cell[] = []
  let cell: OpenCell | undefined
  let takes = false
  let inReading = false
  const events = {
    open: (name: string, attributes: Readonly<Record<string, string>>): void => {
      if (name === 'row') {
        row = rowAfter(row, attributes['r'])
        cells = []
      } else if (name === 'c') {
        const { r, t = 'n', s = '0' } = attributes
        cell = { at: r === undefined ? columnAfter(cells) : columnOf(r), type: t, style: Number(s), value: '' }
      } else if (name === 'rPh') inReading = true
      else if (name === 'v' || (name === 't' && !inReading)) takes = cell !== undefined
    },
    text: (text: string): void => {
      if (takes && cell) cell.value = grown(cell.value, text)
    },
    close: (name: string): void => {
      if (name === 'v' || name === 't') takes = false
      else if (name === 'rPh') inReading = false
      else if (name === 'c' && cell) {
        while (cells.length < cell.at) cells.push('')
        cells[cell.at] = valueOf(cell, context)
        cell = undefined
      } else if (name === 'row') {
        while (cells.at(-1) === '') cells.pop()
        if (cells.length > 0) done.push({ row, cells })
      }
    },
  }
  const pieces = readXml(stream, events)
  let piece: IteratorResult<void>
  do {
    piece = await pieces.next()
    yield* done
    done = []
  } while (!piece.done)
}

function valueOf({ type, style, value }: OpenCell, { strings, dateStyles, from1904 }: SheetContext): Cell {
  if (type === 's') return strings[Number(value)] ?? ''
  if (type === 'str' || type === 'inlineStr') return value
  if (value === '') return ''
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  if (type === 'e') return { kind: 'error', text: `"${value.slice(0, 20)}" is a formula that failed. Put its value there.` }
  if (type === 'd') return { kind: 'date', text: value.replace('T', ' ').replace(/ 00:00:00(?:\.0+)?Z?$/, '') }
  return dateStyles[style] ? dateCell(value, from1904) : numberCell(value)
}

/** Rows stand one after the other, and each once: two of one number would be two bills of one row. */
function rowAfter(row: number, reference: string | undefined): number {
  const next = reference === undefined ? row + 1 : Number(reference)
  if (!Number.isInteger(next) || next <= row || next > ROWS_MAX) throw new Error(`it has a row ${reference?.slice(0, 20)} after row ${row}`)
  return next
}

function columnAfter(cells: readonly Cell[]): number {
  if (cells.length >= COLUMNS_MAX) throw new Error(`it has a row of more than ${COLUMNS_MAX} cells`)
  return cells.length
}

/** `C7` → 2. @throws Error for what no sheet has. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(reference)?.[0]
  const column = [...(letters ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
  if (column === 0 || column > COLUMNS_MAX) throw new Error(`it has a cell ${reference.slice(0, 20)}`)
  return column - 1
}
