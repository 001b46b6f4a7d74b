import type { Readable } from 'node:stream'
import { readWhole } from './xml.ts'

/** Formats that every Excel has by number and shows as a day, with or without a time; 27 to 58 are those of East Asia. */
const BUILT_IN_DATES = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 57, 58])

/** Which styles of cells show a number as a day, by the style's number. */
export async function readDateStyles(stream: Readable): Promise<boolean[]> {
  const own = new Map<number, string>()
  const styles: boolean[] = []
  let inCells = false
  await readWhole(stream, {
    open: (name, attributes) => {
      if (name === 'numFmt') own.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) {
        const id = Number(attributes['numFmtId'] ?? 0)
        const code = own.get(id)
        styles.push(code === undefined ? BUILT_IN_DATES.has(id) : isDateFormat(code))
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
  })
  return styles
}

/** Excel takes no longer one. Looking through a format takes the square of its length. */
const FORMAT_MAX = 255

/** Whether a format shows years, months or days, once its literal texts, colours and conditions are taken out. */
export function isDateFormat(code: string): boolean {
  if (code.length > FORMAT_MAX) return false
  // Hours that run on beyond a day stand in brackets too, and are no condition.
  const bare = code.replace(/\[([hms]+)\]/gi, '$1').replace(/"[^"]*"|\[[^\]]*\]|[\\_*]./g, '')
  // An m beside hours or seconds are minutes.
  return /[yd]/i.test(bare) || (/m/i.test(bare) && !/[hs]/i.test(bare))
}
