import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'

/** What of a font's reader is used here. */
interface Reader {
  readonly unitsPerEm: number
  hasGlyphForCodePoint(codePoint: number): boolean
  glyphForCodePoint(codePoint: number): { readonly advanceWidth: number }
}

/** A font as it was read once: pdfkit takes it in place of a file, and reading it anew for each letter would cost most of the time. */
export interface Face extends Reader {
  readonly weight: 'regular' | 'bold'
}

export interface Faces {
  readonly regular: Face
  readonly bold: Face
}

const require = createRequire(import.meta.url)
const FILES: Record<Face['weight'], string> = { regular: 'Regular', bold: 'Bold' }

let read: Faces | undefined

/** The faces of a letter, read at the first one. */
export function faces(): Faces {
  read ??= { regular: open('regular'), bold: open('bold') }
  return read
}

function open(weight: Face['weight']): Face {
  const file = require.resolve(`pretendard/dist/public/static/alternative/Pretendard-${FILES[weight]}.ttf`)
  // pdfkit has the reader of fonts inside it; a document that nobody prints lends it.
  const { _font: held } = new PDFDocument({ autoFirstPage: false, font: file }) as unknown as { _font: { font: Reader } }
  const reader = held.font
  return Object.create(reader, { weight: { value: weight }, layout: { value: (text: string) => layOut(reader, text) } }) as Face
}

/**
 * One glyph for each character and nothing else. The font would draw `2x8` as `2×8`, and in a bill number or an address that
 * is another one; Korean in NFC needs no shaping, and trying its rules would take ten times as long as all the rest.
 */
function layOut(reader: Reader, text: string) {
  const glyphs = [...text].map((character) => reader.glyphForCodePoint(character.codePointAt(0) ?? 0))
  const positions = glyphs.map(({ advanceWidth }) => ({ xAdvance: advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 }))
  return { glyphs, positions, advanceWidth: glyphs.reduce((sum, { advanceWidth }) => sum + advanceWidth, 0) }
}

/** Width of a text in points. */
export function widthOf(face: Face, size: number, text: string): number {
  let units = 0
  for (const character of text) units += face.glyphForCodePoint(character.codePointAt(0) ?? 0).advanceWidth
  return (units / face.unitsPerEm) * size
}

/** The first character that the fonts cannot draw; undefined where all of it can be printed. */
export const undrawable = ({ regular, bold }: Faces, text: string): string | undefined =>
  [...text].find((character) => {
    const codePoint = character.codePointAt(0) ?? 0
    return !regular.hasGlyphForCodePoint(codePoint) || !bold.hasGlyphForCodePoint(codePoint)
  })
