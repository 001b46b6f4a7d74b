import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MANIFEST_HEADER } from '../batches.ts'
import { STATUS_HEADER, statusLine } from '../status-file.ts'
import type { ReasonWord } from '../statuses.ts'

/** A letter as the print house knows it. */
export interface PrintedLetter {
  readonly key: string
  readonly batch: string
  readonly file: string
  readonly pages: number
  readonly postage: string
  readonly recipient: string
  status: string
  reason: string
}

/**
 * The print house: picks closed batches up, checks them against their manifest, prints and posts them, and learns from the
 * post what became of each letter. All that it says stands in the spool's `status/` first; that folder is its memory.
 */
export class PrintHouse {
  readonly #spool: string
  readonly #letters = new Map<string, PrintedLetter>()
  readonly #onNews: () => void

  constructor(spool: string, onNews: () => void) {
    this.#spool = spool
    this.#onNews = onNews
    mkdirSync(join(spool, 'status'), { recursive: true })
    for (const batch of this.#closed()) if (this.#said(batch)) this.#takeIn(batch)
    for (const name of this.statusFiles()) this.#apply(readFileSync(join(spool, 'status', name), 'utf8'))
  }

  get letters(): readonly PrintedLetter[] {
    return [...this.#letters.values()]
  }

  /** Prints and posts what has been closed since the last time. */
  work(now: number): void {
    for (const batch of this.#closed().filter((one) => !this.#said(one))) {
      const letters = this.#takeIn(batch)
      for (const status of ['printed', 'posted']) {
        this.#say(
          `${batch}-${status}`,
          letters.map(({ key }) => statusLine(key, status, '', now)),
        )
      }
    }
  }

  /** The post hands a letter over, or brings it back. False where there is no such letter on its way. */
  end(key: string, outcome: 'delivered' | ReasonWord, now: number): boolean {
    const letter = this.#letters.get(key)
    if (letter?.status !== 'posted') return false
    const returned = outcome !== 'delivered'
    this.#say(`${key}-${returned ? 'returned' : outcome}`, [statusLine(key, returned ? 'returned' : outcome, returned ? outcome : '', now)])
    return true
  }

  pdf(key: string): Buffer | null {
    const letter = this.#letters.get(key)
    return letter === undefined ? null : readFileSync(join(this.#spool, 'batches', letter.batch, letter.file))
  }

  statusFiles(): string[] {
    return readdirSync(join(this.#spool, 'status'))
      .filter((name) => name.endsWith('.csv'))
      .sort()
  }

  /** Whole batches only: the manifest comes last. */
  #closed(): string[] {
    const folder = join(this.#spool, 'batches')
    return existsSync(folder) ? readdirSync(folder).filter((batch) => existsSync(join(folder, batch, 'manifest.csv'))) : []
  }

  #said(batch: string): boolean {
    return this.statusFiles().some((name) => name.endsWith(`-${batch}-posted.csv`))
  }

  /** @throws Error where a batch is not what its manifest says: such letters are not printed. */
  #takeIn(batch: string): PrintedLetter[] {
    const folder = join(this.#spool, 'batches', batch)
    const manifest = readFileSync(join(folder, 'manifest.csv'), 'utf8')
    const { manifestSha256 } = JSON.parse(readFileSync(join(folder, 'batch.json'), 'utf8')) as { manifestSha256: string }
    const [header, ...lines] = manifest.trimEnd().split('\n')
    if (header !== MANIFEST_HEADER || sha256(manifest) !== manifestSha256) throw new Error(`The manifest of ${batch} is damaged.`)
    return lines.map((line) => {
      const [key = '', file = '', pages = '', sum = '', postage = '', recipient = ''] = line.split(',')
      if (sha256(readFileSync(join(folder, file))) !== sum) throw new Error(`The letter ${key} of ${batch} is damaged.`)
      const letter: PrintedLetter = { key, batch, file, pages: Number(pages), postage, recipient, status: 'taken in', reason: '' }
      this.#letters.set(key, letter)
      return letter
    })
  }

  #say(label: string, lines: readonly string[]): void {
    const number = String(this.statusFiles().length + 1).padStart(8, '0')
    const text = [STATUS_HEADER, ...lines, ''].join('\n')
    const path = join(this.#spool, 'status', `${number}-${label}.csv`)
    writeFileSync(`${path}.part`, text)
    renameSync(`${path}.part`, path)
    this.#apply(text)
    this.#onNews()
  }

  #apply(text: string): void {
    for (const line of text.trimEnd().split('\n').slice(1)) {
      const [key = '', status = '', reason = ''] = line.split(',')
      const letter = this.#letters.get(key)
      if (letter) Object.assign(letter, { status, reason })
    }
  }
}

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex')
