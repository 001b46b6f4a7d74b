import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import QRCode from 'qrcode'
import type { Notice } from '../../../domain/ports/channel.ts'
import { describeIf } from '../../../test/support/skip.ts'
import { parseAddress } from './address.ts'
import { unavailable } from './harness.ts'
import { type Letter, renderLetter } from './letter.ts'
import { mm } from './window.ts'

const URL = 'https://goji.example/n/AQxW2p0m5Vw4Zr8mKq3dA1bC9eF7gH5iJ3kL1mN9oP7qR5sT3uV1wX9yZ7aB5cD3eF1gH9iJ7kL5mN3oP1qR9sT7uV5wX3yZ1a'
const NOTICE: Notice = {
  purpose: 'notice',
  language: 'ko',
  institution: '양천구청',
  citizenName: '홍길동',
  subject: '2026년 제2기 자동차세 고지서',
  paragraphs: ['자동차세 고지서를 보내 드립니다.'],
  facts: [{ label: '고지 번호', value: '2x8-000123' }],
  action: { label: '고지서 보기 및 납부', url: URL },
  reference: '2x8-000123',
}
const LETTER: Letter = {
  key: 'dlv_2x8',
  address: parseAddress('서울특별시 양천구 목동동로 105|101동 1203호|07995|KR') ?? { lines: [], postcode: '', country: '' },
  notice: NOTICE,
  sender: '양천구청 세무과',
  at: Date.parse('2026-11-24T00:00:00Z'),
}
const DPI = 200

interface Picture {
  readonly width: number
  readonly height: number
  /** Blackness from 0 to 255. */
  ink(x: number, y: number): number
}

const missing = unavailable()

describeIf(missing === null, missing ?? '')('a letter', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'letter-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  async function print(letter: Letter) {
    const { pdf, pages } = await renderLetter(letter)
    const path = join(folder, 'letter.pdf')
    writeFileSync(path, pdf)
    const tool = (name: string, ...flags: string[]): string => execFileSync(name, [...flags, path], { encoding: 'utf8' })
    execFileSync('pdftoppm', ['-gray', '-r', String(DPI), path, join(folder, 'page')])
    const width = String(pages).length
    const pictures = Array.from({ length: pages }, (_, index) =>
      picture(join(folder, `page-${String(index + 1).padStart(width, '0')}.pgm`)),
    )
    return { pdf, pages, info: tool('pdfinfo'), tags: tool('pdfinfo', '-struct-text'), pictures }
  }

  it('is a tagged A4 file with a title and a language, whose structure says what is what', async () => {
    const { info, tags, pdf } = await print(LETTER)
    expect(info).toMatch(/Tagged: +yes/)
    expect(info).toMatch(/Page size: .*\(A4\)/)
    expect(info).toContain(NOTICE.subject)
    expect(pdf.toString('latin1')).toContain('/Lang (ko-KR)')
    const kinds = [...tags.matchAll(/^ *([A-Z][A-Za-z0-9]*)\b/gm)].map(([, kind]) => kind)
    for (const kind of ['Document', 'H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD', 'Figure', 'Link']) expect(kinds).toContain(kind)
    for (const words of [NOTICE.subject, '홍길동 귀하', '고지 번호', '2x8-000123', '07995']) expect(tags).toContain(`"${words}"`)
    expect(pdf.toString('latin1')).toMatch(/\/S \/Figure[\s\S]*?\/Alt /)
  })

  it('is the same bytes when it is made again', async () => {
    const [one, other] = [await renderLetter(LETTER), await renderLetter(LETTER)]
    // The file's own id alone is drawn anew.
    const plain = (pdf: Buffer): string => pdf.toString('latin1').replace(/\/ID \[.*?\]/s, '')
    expect(plain(one.pdf)).toBe(plain(other.pdf))
  })

  it('draws every Korean syllable, a rare one too, and not two alike', async () => {
    const drawn = new Set<string>()
    for (const syllable of ['가', '뷁', '쀍', '힣', '홍']) {
      const { pictures } = await print({ ...LETTER, notice: { ...NOTICE, institution: syllable } })
      const area = cut(pictures[0] as Picture, 25, 20, 32, 27)
      expect(area.filter((ink) => ink > 100).length).toBeGreaterThan(60)
      drawn.add(area.join(','))
    }
    expect(drawn.size).toBe(5)
  })

  it('has the address in the window, and nothing else there or at the edges', async () => {
    const [page] = (await print(LETTER)).pictures as [Picture]
    expect(inked(page, 25, 50, 100, 86)).toBe(true)
    for (const [left, top, right, bottom] of [
      [0, 0, 210, 15],
      [0, 285, 210, 297],
      [195, 0, 210, 297],
      [10, 0, 24, 297],
      // Around the address, where the window shows the paper.
      [20, 40, 110, 48],
      [20, 87, 110, 95],
      [100, 46, 110, 92],
    ] as const)
      expect({ left, top, ink: inked(page, left, top, right, bottom) }).toEqual({ left, top, ink: false })
  })

  it('has a code that holds the link, module by module', async () => {
    const [page] = (await print(LETTER)).pictures as [Picture]
    const { modules } = QRCode.create(URL, { errorCorrectionLevel: 'M' })
    const side = ((mm(46) / (modules.size + 8)) * DPI) / 72
    const left = (mm(25) * DPI) / 72 + 4 * side
    const dark = (x: number, y: number): boolean => page.ink(Math.round(x), Math.round(y)) > 128
    // The first row that is dark for just the seven modules of a corner.
    let top = (mm(105) * DPI) / 72
    const isCorner = (y: number): boolean =>
      Array.from({ length: 13 }, (_, index) => left + (0.5 + index / 2) * side).every((x) => dark(x, y)) && !dark(left + 7.5 * side, y)
    while (!isCorner(top) && top < page.height) top += 1
    const wrong = Array.from({ length: modules.size ** 2 }, (_, index) => ({
      row: Math.floor(index / modules.size),
      column: index % modules.size,
    })).filter(({ row, column }) => dark(left + (column + 0.5) * side, top + (row + 0.5) * side) !== (modules.get(row, column) !== 0))
    expect(wrong).toEqual([])
  })

  it('goes on over as many pages as it needs, each with its number', async () => {
    const paragraphs = Array.from({ length: 60 }, (_, index) => `${index + 1}번째 문단입니다. `.repeat(8).trim())
    const { pages, pictures, tags } = await print({ ...LETTER, notice: { ...NOTICE, paragraphs } })
    expect(pages).toBeGreaterThan(2)
    for (const page of pictures) expect(inked(page, 25, 274, 60, 280)).toBe(true)
    for (const paragraph of [1, 30, 60]) expect(tags).toContain(`"${paragraph}번째 문단입니다. `)
  })
})

describe('the wording', () => {
  it('of an English letter is English', async () => {
    const { pdf } = await renderLetter({ ...LETTER, notice: { ...NOTICE, language: 'en' } })
    expect(pdf.toString('latin1')).toContain('/Lang (en-GB)')
  })
})

/** A grey picture as pdftoppm writes it. */
function picture(path: string): Picture {
  const bytes = readFileSync(path)
  const [header = '', width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1')) ?? []
  const size = { width: Number(width), height: Number(height) }
  return { ...size, ink: (x, y) => 255 - (bytes[header.length + y * size.width + x] ?? 255) }
}

/** The blackness of each point of a rectangle, given in millimetres. */
function cut(page: Picture, left: number, top: number, right: number, bottom: number): number[] {
  const points: number[] = []
  const px = (length: number): number => Math.round((length * DPI) / 25.4)
  for (let y = px(top); y < Math.min(px(bottom), page.height); y++)
    for (let x = px(left); x < Math.min(px(right), page.width); x++) points.push(page.ink(x, y))
  return points
}

const inked = (page: Picture, left: number, top: number, right: number, bottom: number): boolean =>
  cut(page, left, top, right, bottom).some((ink) => ink > 60)
