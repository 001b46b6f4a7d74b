import type { Readable } from 'node:stream'
import { grown, readWhole } from './xml.ts'

/**
 * The texts of a workbook, which its cells name by number: they have to be held while the sheet is read, and are what
 * bounds a workbook's size. Readings of Hangul and Han (`rPh`) stand beside a text and are no part of it.
 */
export async function readStrings(stream: Readable): Promise<string[]> {
  const strings: string[] = []
  let current: string | undefined
  let inText = false
  let inReading = false
  await readWhole(stream, {
    open: (name) => {
      if (name === 'si') current = ''
      else if (name === 'rPh') inReading = true
      else if (name === 't') inText = !inReading
    },
    text: (text) => {
      if (inText && current !== undefined) current = grown(current, text)
    },
    close: (name) => {
      if (name === 't') inText = false
      else if (name === 'rPh') inReading = false
      else if (name === 'si') {
        strings.push(current ?? '')
        current = undefined
      }
    },
  })
  return strings
}
