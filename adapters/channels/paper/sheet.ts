import { once } from 'node:events'
import PDFDocument from 'pdfkit'
import type { Face, Faces } from './fonts.ts'
import { mm } from './window.ts'
import { wrap } from './wrap.ts'

type Document = PDFKit.PDFDocument
type Structure = PDFKit.PDFStructureElement

/** Nothing stands nearer to the edge than this, where printers grip and inserters read their marks. */
const LEFT = mm(25)
const RIGHT = mm(190)
const TOP_OF_FURTHER_PAGES = mm(25)
const BOTTOM = mm(268)
export const WIDTH = RIGHT - LEFT

export interface Style {
  readonly face: Face
  readonly size: number
  readonly leading: number
  readonly color?: string
}

/** The sheets of one letter: text flows down and over to the next page, and everything but decoration is tagged. */
export class Sheet {
  readonly document: Document
  readonly root: Structure
  readonly faces: Faces
  y: number = TOP_OF_FURTHER_PAGES

  constructor(faces: Faces, options: { readonly title: string; readonly language: string; readonly at: number }) {
    this.faces = faces
    this.document = new PDFDocument({
      size: 'A4',
      margin: 0,
      pdfVersion: '1.7',
      tagged: true,
      lang: options.language,
      displayTitle: true,
      bufferPages: true,
      // The fonts are named below; asked for by their names they are not compared with each other for each line.
      font: null as unknown as string,
      // The same letter made twice is the same bytes, so the date is the letter's own.
      info: { Title: options.title, CreationDate: new Date(options.at), Producer: 'Goji', Creator: 'Goji' },
    })
    for (const face of [faces.regular, faces.bold]) this.document.registerFont(face.weight, face as unknown as string)
    this.root = this.document.struct('Document')
    this.document.addStructure(this.root)
  }

  /** An element of its own under `parent`. */
  element(type: string, parent: Structure = this.root, options: { readonly alt?: string } = {}): Structure {
    const element = this.document.struct(type, options)
    parent.add(element)
    return element
  }

  /** Makes room for so many points; answers whether that took a new page. */
  room(height: number): boolean {
    if (this.y + height <= BOTTOM) return false
    this.document.addPage()
    this.y = TOP_OF_FURTHER_PAGES
    return true
  }

  /** A paragraph of the flow. */
  paragraph(type: string, text: string, style: Style, options: { readonly parent?: Structure; readonly width?: number } = {}): void {
    const element = this.element(type, options.parent)
    for (const line of wrap(style.face, style.size, text, options.width ?? WIDTH)) {
      this.room(style.leading)
      this.line(element, type, line, LEFT, this.y, style)
      this.y += style.leading
    }
    element.end()
  }

  /** One line of an element at a place. */
  line(element: Structure, type: string, text: string, x: number, y: number, style: Style): void {
    element.add(this.document.markStructureContent(type))
    this.draw(text, x, y, style)
    this.document.endMarkedContent()
  }

  /** What only decorates: rules, marks, page numbers. */
  artifact(draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.document.markContent('Artifact', { type })
    draw()
    this.document.endMarkedContent()
  }

  draw(text: string, x: number, y: number, { face, size, color }: Style): void {
    this.document
      .font(face.weight)
      .fontSize(size)
      .fillColor(color ?? '#000000')
      .text(text, x, y, { lineBreak: false })
  }

  rule(y: number, width: number, color: string, from = LEFT, to = RIGHT): void {
    this.artifact(() => this.document.moveTo(from, y).lineTo(to, y).lineWidth(width).strokeColor(color).stroke())
  }

  get left(): number {
    return LEFT
  }

  get right(): number {
    return RIGHT
  }

  /** The finished file, once every page has its number. */
  async finish(footer: (page: number, pages: number) => void): Promise<{ pdf: Buffer; pages: number }> {
    const { start, count } = this.document.bufferedPageRange()
    for (let page = start; page < start + count; page++) {
      this.document.switchToPage(page)
      this.artifact(() => footer(page - start + 1, count), 'Pagination')
    }
    this.root.end()
    const chunks: Buffer[] = []
    this.document.on('data', (chunk: Buffer) => chunks.push(chunk))
    const ended = once(this.document, 'end')
    this.document.end()
    await ended
    return { pdf: Buffer.concat(chunks), pages: count }
  }
}
