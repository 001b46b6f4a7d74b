import { GojiError, invalid } from '../../domain/errors.ts'
import type { TableRow } from '../cell.ts'
import type { TableFile } from '../table-file.ts'
import { type Archive, broken, openArchive } from './archive.ts'
import { readSheet, type SheetContext } from './sheet.ts'
import { readStrings } from './strings.ts'
import { readDateStyles } from './styles.ts'
import { readWhole } from './xml.ts'

const MIB = 1024 * 1024
/** Parts that name others, and styles. */
const SMALL_MAX = 16 * MIB
/** Texts are held in memory while the sheet is read: about a million different ones of ordinary length. */
const STRINGS_MAX = 96 * MIB
/** A sheet streams; a million rows of bills have about this much XML. */
const SHEET_MAX = 1024 * MIB

interface Parts {
  readonly sheets: readonly { readonly name: string; readonly part: string }[]
  readonly styles: string | undefined
  readonly strings: string | undefined
  readonly from1904: boolean
}

/**
 * Streams the rows of one sheet of an Excel workbook: the sheet named, or the first.
 * @throws GojiError `bills_file_malformed`, `bills_file_too_large`, `bills_sheet_unknown`.
 */
export async function* readWorkbook(file: TableFile, sheet: string | undefined): AsyncGenerator<TableRow> {
  try {
    const archive = await openArchive(file)
    const { sheets, ...parts } = await readParts(archive)
    const chosen = sheet === undefined ? sheets[0] : sheets.find(({ name }) => name === sheet)
    if (!chosen) {
      const there = sheets.map(({ name }) => `"${name}"`).join(', ')
      throw invalid(
        'bills_sheet_unknown',
        `${file.name} has no sheet ${sheet === undefined ? 'at all' : `"${sheet}"`}. It has: ${there || 'none'}.`,
      )
    }
    const context = await readContext(archive, parts)
    const stream = await archive.open(chosen.part, SHEET_MAX)
    if (!stream) throw new Error(`the part ${chosen.part} is missing`)
    yield* readSheet(stream, context)
  } catch (error) {
    throw error instanceof GojiError ? error : broken(file, error as Error)
  }
}

async function readContext(archive: Archive, { styles, strings, from1904 }: Omit<Parts, 'sheets'>): Promise<SheetContext> {
  const styleStream = styles === undefined ? null : await archive.open(styles, SMALL_MAX)
  const stringStream = strings === undefined ? null : await archive.open(strings, STRINGS_MAX)
  return {
    from1904,
    dateStyles: styleStream ? await readDateStyles(styleStream) : [],
    strings: stringStream ? await readStrings(stringStream) : [],
  }
}

async function readParts(archive: Archive): Promise<Parts> {
  const book = (await relations(archive, '_rels/.rels', '')).find(({ type }) => type === 'officeDocument')?.part ?? 'xl/workbook.xml'
  const folder = book.slice(0, book.lastIndexOf('/') + 1)
  const related = await relations(archive, `${folder}_rels/${book.slice(folder.length)}.rels`, folder)
  const stream = await archive.open(book, SMALL_MAX)
  if (!stream) throw new Error('it has no workbook in it')
  const sheets: { name: string; part: string }[] = []
  let from1904 = false
  await readWhole(stream, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '')
      if (name !== 'sheet') return
      const part = related.find(({ id }) => id === (attributes['r:id'] ?? attributes['id']))?.part
      if (part !== undefined) sheets.push({ name: attributes['name'] ?? '', part })
    },
  })
  const partOf = (type: string): string | undefined => related.find((one) => one.type === type)?.part
  return { sheets, styles: partOf('styles'), strings: partOf('sharedStrings'), from1904 }
}

interface Relation {
  readonly id: string
  /** Last word of its type's URI. */
  readonly type: string
  readonly part: string
}

/** What a part names as belonging to it. Targets are relative to its folder, or to the archive's root. */
async function relations(archive: Archive, part: string, folder: string): Promise<Relation[]> {
  const found: Relation[] = []
  const stream = await archive.open(part, SMALL_MAX)
  if (!stream) return found
  await readWhole(stream, {
    open: (name, { Id: id = '', Type: type = '', Target: target = '' }) => {
      if (name !== 'Relationship') return
      const path = target.startsWith('/') ? target.slice(1) : `${folder}${target}`
      found.push({ id, type: type.slice(type.lastIndexOf('/') + 1), part: path })
    },
  })
  return found
}
