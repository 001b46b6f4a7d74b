import { DAY_MS } from '../../domain/duration.ts'
import type { Cell } from '../cell.ts'

const NUMBER = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,3}))?$/
/** Excel keeps fifteen digits of a number; what was typed beyond them is lost. */
const DIGITS_MAX = 15

/** A number of the sheet's XML as a plain decimal, exactly: `1.2E+3` is `1200`. Null where it is none. */
export function plainDecimal(text: string): string | null {
  const parts = NUMBER.exec(text.trim())
  if (!parts) return null
  const [, minus = '', whole = '', fraction = '', exponent = '0'] = parts
  const point = whole.length + Number(exponent)
  const digits = whole + fraction
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0')
  const at = Math.max(point, 1)
  const left = padded.slice(0, at).replace(/^0+(?=\d)/, '')
  const right = padded.slice(at).replace(/0+$/, '')
  const plain = right === '' ? left : `${left}.${right}`
  return plain === '0' ? '0' : minus + plain
}

/** A cell that holds a number. One of more digits than Excel keeps is not what was typed, so it is told and not taken. */
export function numberCell(text: string): Cell {
  const plain = plainDecimal(text)
  if (plain === null) return { kind: 'error', text: `"${text.slice(0, 40)}" is not a number. Type it again.` }
  const whole = plain.replace(/\..*$/, '').replace('-', '')
  if (whole.length > DIGITS_MAX) {
    return {
      kind: 'error',
      text: `"${plain.slice(0, 40)}" has more digits than Excel keeps of a number. Format the column as text and type it again.`,
    }
  }
  return { kind: 'number', text: plain }
}

/** A cell that shows a number of days as a date: `YYYY-MM-DD`, with a time behind it where it has one. */
export function dateCell(text: string, from1904: boolean): Cell {
  const plain = plainDecimal(text)
  const serial = Number(plain)
  // Excel has a 29 February 1900, which never was: number 60. Days before it are counted one later.
  if (plain === null || serial < 0 || serial >= 2_958_466 || (!from1904 && Math.floor(serial) === 60))
    return { kind: 'error', text: `"${text.slice(0, 40)}" is not a day that Excel can show. Type it again.` }
  const days = Math.floor(serial)
  const start = from1904 ? Date.UTC(1904, 0, 1) : days < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30)
  const seconds = Math.min(86_399, Math.round((serial - days) * 86_400))
  const iso = new Date(start + days * DAY_MS + seconds * 1000).toISOString()
  return { kind: 'date', text: seconds === 0 ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}` }
}
