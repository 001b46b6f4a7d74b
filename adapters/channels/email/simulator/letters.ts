import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'

/** One line of the journal. The journal is complete; the letters themselves are kept up to a number. */
export interface Letter {
  readonly id: number
  /** When it came, ISO 8601. */
  readonly at: string
  readonly messageId: string | null
  /** The header `X-Goji-Delivery`, by which a checker finds letters that came twice. */
  readonly delivery: string | null
  /** The recipients of the envelope. */
  readonly to: readonly string[]
  /** The header `Date`, ISO 8601. */
  readonly date: string | null
  readonly subject: string
}

/** The journal's end that is read at the start: more lines than are ever kept in memory. */
const JOURNAL_END_BYTES = 2 * 1024 * 1024

/** Letters on disk, in a folder of their own; in memory is only what the list shows. */
export class Letters {
  readonly #folder: string
  readonly #keep: number
  readonly #kept: Letter[]
  #next: number

  constructor(folder: string, keep: number) {
    this.#folder = folder
    this.#keep = keep
    mkdirSync(join(folder, 'letters'), { recursive: true })
    const known = readEnd(this.#journal)
    this.#kept = known.slice(-keep)
    this.#next = (known.at(-1)?.id ?? 0) + 1
  }

  /** Stores a letter; it is in the journal when this returns. */
  async add(raw: Buffer, to: readonly string[], at: Date): Promise<Letter> {
    const headers = await simpleParser(headerOf(raw))
    const delivery = headers.headers.get('x-goji-delivery')
    const letter: Letter = {
      id: this.#next++,
      at: at.toISOString(),
      messageId: headers.messageId ?? null,
      delivery: typeof delivery === 'string' ? delivery : null,
      to,
      date: headers.date?.toISOString() ?? null,
      subject: headers.subject ?? '',
    }
    writeFileSync(this.#file(letter.id), raw)
    appendFileSync(this.#journal, `${JSON.stringify(letter)}\n`)
    this.#kept.push(letter)
    while (this.#kept.length > this.#keep) rmSync(this.#file(this.#kept.shift()?.id ?? 0), { force: true })
    return letter
  }

  /** The kept letters, newest first. */
  list(filter: { to?: string | undefined; delivery?: string | undefined }): Letter[] {
    return this.#kept
      .filter(
        ({ to, delivery }) =>
          (filter.to === undefined || to.includes(filter.to)) && (filter.delivery === undefined || delivery === filter.delivery),
      )
      .reverse()
  }

  /** The letter as it came; null when it is not kept any more. */
  raw(id: number): Buffer | null {
    return existsSync(this.#file(id)) ? readFileSync(this.#file(id)) : null
  }

  get #journal(): string {
    return join(this.#folder, 'journal.jsonl')
  }

  #file(id: number): string {
    return join(this.#folder, 'letters', `${id}.eml`)
  }
}

function headerOf(raw: Buffer): Buffer {
  const end = raw.indexOf('\r\n\r\n')
  return end === -1 ? raw : raw.subarray(0, end + 4)
}

/** A line that a crash cut off at the very end is not a letter: it was never confirmed. */
function readEnd(journal: string): Letter[] {
  if (!existsSync(journal)) return []
  const file = openSync(journal, 'r')
  try {
    const { size } = fstatSync(file)
    const start = Math.max(0, size - JOURNAL_END_BYTES)
    const buffer = Buffer.alloc(size - start)
    readSync(file, buffer, 0, buffer.length, start)
    const lines = buffer
      .toString('utf8')
      .split('\n')
      .slice(start === 0 ? 0 : 1, -1)
    return lines.map((line) => JSON.parse(line) as Letter)
  } finally {
    closeSync(file)
  }
}
