import type { Notice } from '../../../domain/ports/channel.ts'
import type { PostalAddress } from './address.ts'
import { faces } from './fonts.ts'
import { drawQr } from './qr.ts'
import { Sheet, type Style, WIDTH } from './sheet.ts'
import { ADDRESS_LEADING, ADDRESS_SIZE, mm, WINDOW, windowLines } from './window.ts'
import { WORDING, type Wording } from './wording.ts'
import { wrap } from './wrap.ts'

const GREY = '#464c53'
const LABEL_WIDTH = mm(42)
const QR_SIZE = mm(46)

export interface Letter {
  readonly key: string
  readonly address: PostalAddress
  readonly notice: Notice
  /** The line above the addressee; empty for none. */
  readonly sender: string
  /** Milliseconds. */
  readonly at: number
}

/**
 * A letter as print-ready PDF: A4, folded twice into a window envelope, tagged so that a screen reader and an archive can
 * read it as well as paper can be read.
 */
export async function renderLetter({ key, address, notice, sender, at }: Letter): Promise<{ pdf: Buffer; pages: number }> {
  const { regular, bold } = faces()
  const words = WORDING[notice.language]
  const sheet = new Sheet(faces(), { title: notice.subject, language: notice.language === 'ko' ? 'ko-KR' : 'en-GB', at })
  const body: Style = { face: regular, size: 10.5, leading: 17 }
  head(sheet, notice, words)
  addressee(sheet, notice, address, sender, words)
  sheet.y = mm(105)
  sheet.paragraph('H1', notice.subject, { face: bold, size: 16, leading: 23 })
  sheet.y += 8
  for (const paragraph of notice.paragraphs) {
    sheet.paragraph('P', paragraph, body)
    sheet.y += 5
  }
  facts(sheet, notice, words)
  action(sheet, notice, words)
  const small: Style = { face: regular, size: 8.5, leading: 13, color: GREY }
  sheet.y += 10
  sheet.paragraph('P', words.footer(notice.institution), small)
  return sheet.finish((page, pages) => {
    foldMarks(sheet, page)
    sheet.draw(words.page(page, pages), sheet.left, mm(276), { ...small, size: 8 })
    // By this the print house tells letters apart, on every sheet.
    sheet.draw(key, sheet.left + mm(60), mm(276), { ...small, size: 8 })
  })
}

function head(sheet: Sheet, { institution, purpose }: Notice, words: Wording): void {
  const { regular, bold } = sheet.faces
  sheet.y = mm(20)
  sheet.paragraph('P', institution, { face: bold, size: 15, leading: 21 })
  sheet.paragraph('P', words.kind[purpose], { face: regular, size: 9.5, leading: 13, color: GREY })
  sheet.rule(mm(36), 1.2, '#1e2124')
}

function addressee(sheet: Sheet, notice: Notice, address: PostalAddress, sender: string, words: Wording): void {
  const { regular, bold } = sheet.faces
  let y: number = WINDOW.top
  if (sender !== '') {
    const element = sheet.element('P')
    sheet.line(element, 'P', wrap(regular, 7, sender, WINDOW.width)[0] ?? '', WINDOW.left, y, {
      face: regular,
      size: 7,
      leading: 10,
      color: GREY,
    })
    element.end()
  }
  y += ADDRESS_LEADING
  const element = sheet.element('P')
  for (const [index, line] of windowLines(sheet.faces, words.addressee(notice.citizenName), address).entries()) {
    sheet.line(element, 'P', line, WINDOW.left, y, { face: index === 0 ? bold : regular, size: ADDRESS_SIZE, leading: ADDRESS_LEADING })
    y += ADDRESS_LEADING
  }
  element.end()
}

/** Labels and values as a table with a header for each row. */
function facts(sheet: Sheet, notice: Notice, words: Wording): void {
  if (notice.facts.length === 0) return
  const { regular, bold } = sheet.faces
  sheet.room(60)
  sheet.y += 8
  sheet.paragraph('H2', words.factsTitle, { face: bold, size: 12, leading: 20 })
  const table = sheet.element('Table')
  sheet.rule(sheet.y, 1, '#1e2124')
  for (const { label, value } of notice.facts) {
    const label_: Style = { face: regular, size: 10.5, leading: 15, color: GREY }
    const value_: Style = { face: bold, size: 10.5, leading: 15 }
    const left = wrap(regular, label_.size, label, LABEL_WIDTH - mm(4))
    const right = wrap(bold, value_.size, value, WIDTH - LABEL_WIDTH)
    const height = Math.max(left.length, right.length) * 15
    sheet.room(height + 9)
    const row = sheet.element('TR', table)
    const top = sheet.y + 5
    for (const [type, lines, x, style] of [
      ['TH', left, sheet.left, label_],
      ['TD', right, sheet.left + LABEL_WIDTH, value_],
    ] as const) {
      const cell = sheet.element(type, row)
      for (const [index, line] of lines.entries()) sheet.line(cell, type, line, x, top + index * 15, style)
      cell.end()
    }
    row.end()
    sheet.y += height + 9
    sheet.rule(sheet.y, 0.4, '#b1b8be')
  }
  table.end()
}

/** The code that opens the bill on a phone, its address in plain sight, and what a payment has to name. */
function action(sheet: Sheet, notice: Notice, words: Wording): void {
  const { regular, bold } = sheet.faces
  const { document } = sheet
  const { label, url } = notice.action
  sheet.room(QR_SIZE + mm(8))
  sheet.y += mm(6)
  const top = sheet.y
  const figure = sheet.element('Figure', sheet.root, { alt: words.qrAlt(label) })
  figure.add(document.markStructureContent('Figure'))
  drawQr(document, url, sheet.left, top, QR_SIZE)
  document.endMarkedContent()
  figure.end()
  const x = sheet.left + QR_SIZE + mm(6)
  const width = sheet.right - x
  let y = top + 6
  const put = (type: string, text: string, style: Style): void => {
    const element = sheet.element(type)
    for (const line of wrap(style.face, style.size, text, width)) {
      sheet.line(element, type, line, x, y, style)
      y += style.leading
    }
    element.end()
    y += 3
  }
  const small: Style = { face: regular, size: 8.5, leading: 12.5, color: GREY }
  put('H2', words.qrTitle, { face: bold, size: 12, leading: 17 })
  put('P', label, { face: regular, size: 10.5, leading: 15 })
  put('P', words.linkHelp, small)
  link(sheet, url, x, y, width)
  y += wrap(regular, 7.5, url, width).length * 10 + 6
  if (notice.reference !== undefined) {
    put('P', `${words.reference}: ${notice.reference}`, { face: bold, size: 10.5, leading: 15 })
    put('P', words.referenceHelp, small)
  }
  sheet.y = Math.max(y, top + QR_SIZE)
}

function link(sheet: Sheet, url: string, x: number, y: number, width: number): void {
  const { document } = sheet
  const style: Style = { face: sheet.faces.regular, size: 7.5, leading: 10 }
  const lines = wrap(style.face, style.size, url, width)
  const element = sheet.element('Link')
  for (const [index, line] of lines.entries()) sheet.line(element, 'Link', line, x, y + index * style.leading, style)
  // Only its first line leads there, so that the address stands once among the links of the file.
  document.link(x, y, width, lines.length * style.leading, url, { structParent: element } as PDFKit.Mixins.AnnotationOption)
  element.end()
}

/** Where the folding machine folds, at the left edge of the first sheet. */
function foldMarks({ document }: Sheet, page: number): void {
  if (page !== 1) return
  for (const y of [mm(105), mm(210)]) document.moveTo(mm(4), y).lineTo(mm(8), y)
  document.lineWidth(0.4).strokeColor('#8a949e').stroke()
}
