import { zip } from './zip.ts'

/** What a test writes into a cell: a text, a number as the file would have it, a day by its number, or raw XML of the cell. */
export type TestCell = string | { readonly number: string } | { readonly day: number } | { readonly raw: string }

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships'

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"\r]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' })[char] ?? char)

export const letters = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26)

/** The parts of an Excel workbook with one sheet, as Excel writes them; style 1 is a date. */
export function workbookParts(
  rows: readonly (readonly TestCell[])[],
  changes: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const strings = new Map<string, number>()
  const cellXml = (cell: TestCell, at: string): string => {
    if (typeof cell === 'string') {
      if (cell === '') return ''
      if (!strings.has(cell)) strings.set(cell, strings.size)
      return `<c r="${at}" t="s"><v>${strings.get(cell)}</v></c>`
    }
    if ('number' in cell) return `<c r="${at}"><v>${cell.number}</v></c>`
    return 'day' in cell ? `<c r="${at}" s="1"><v>${cell.day}</v></c>` : cell.raw.replace('@', at)
  }
  const sheet = rows
    .map((cells, row) => `<row r="${row + 1}">${cells.map((cell, column) => cellXml(cell, `${letters(column)}${row + 1}`)).join('')}</row>`)
    .join('')
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${REL}/${type}" Target="${target}"/>`
  return {
    '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${REL}"><sheets><sheet name="고지" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}">${relation('rId1', 'worksheet', 'worksheets/sheet1.xml')}${relation('rId2', 'styles', 'styles.xml')}${relation('rId3', 'sharedStrings', '/xl/sharedStrings.xml')}</Relationships>`,
    'xl/styles.xml': `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;년&quot;\\ m&quot;월&quot;\\ d&quot;일&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${sheet}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `${HEAD}<sst xmlns="${MAIN}">${[...strings.keys()].map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`).join('')}</sst>`,
    ...changes,
  }
}

export const workbook = (rows: readonly (readonly TestCell[])[], changes?: Readonly<Record<string, string>>): Buffer =>
  zip(workbookParts(rows, changes))
