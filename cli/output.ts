/** How a command answers: for people, or for programs. */
export type OutputFormat = 'table' | 'json'

export interface Column<Row> {
  readonly title: string
  readonly value: (row: Row) => string
  /** Numbers stand right. */
  readonly right?: boolean
}

/** Characters that a terminal shows two columns wide: Hangul, Han and the full-width forms. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]/gu

export const widthOf = (text: string): number => [...text].length + (text.match(WIDE)?.length ?? 0)

/** What a citizen's title holds must not steer the terminal. */
const plain = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')

/** A table with a header, a space of two between the columns, without colours: it reads the same in a file. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cells = [columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ value }) => plain(value(row))))]
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => widthOf(line[index] ?? ''))))
  const pad = (text: string, index: number): string => {
    const space = ' '.repeat((widths[index] ?? 0) - widthOf(text))
    return columns[index]?.right ? space + text : text + space
  }
  return cells.map((line) => line.map(pad).join('  ').trimEnd()).join('\n')
}

/** Names and values, one a line. */
export function facts(pairs: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...pairs.map(([name]) => widthOf(name)))
  return pairs.map(([name, value]) => `${name}${' '.repeat(width - widthOf(name))}  ${plain(value)}`.trimEnd()).join('\n')
}

/** Writes an answer to stdout, where nothing else goes. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

export const printJson = (value: unknown): void => print(JSON.stringify(value))
