import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RecallOutcome } from '../../../domain/ports/channel.ts'
import { createFile, readText } from './files.ts'
import type { Postage } from './rates.ts'

/** One letter as the spool keeps it: a line of the manifest to be. Times are milliseconds. */
export interface SpooledLetter {
  readonly key: string
  readonly file: string
  readonly pages: number
  readonly sha256: string
  readonly postage: Postage
  /** A hash of the address: letters to one household can be put into one envelope without anybody reading an address. */
  readonly recipient: string
  readonly at: number
  /** The cut-off it waits for. */
  readonly closesAt: number
}

/** What became of a waiting letter: recalled, or printed with a batch. Whoever writes it first has decided. */
export type Decision = { readonly recalledAt: number } | { readonly batch: string }

const ENTRY_MISSING = 'a letter of the spool has no entry'

/**
 * Letters in a folder that workers share. A letter is in the spool once `letters/<key>.json` is there; it waits while
 * `waiting/<key>` is there and nothing stands under `decided/<key>.json`. Each file is made once and never changed, under
 * a name that only one process can take, so a letter is never spooled twice and is either recalled or printed.
 */
export class Spool {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  path(...parts: readonly string[]): string {
    return join(this.#folder, ...parts)
  }

  /** Puts a letter in, or finds the one that was put in under its key before. */
  async put(letter: Omit<SpooledLetter, 'file' | 'sha256'>, pdf: Buffer): Promise<SpooledLetter> {
    const sha256 = createHash('sha256').update(pdf).digest('hex')
    const entry: SpooledLetter = { ...letter, sha256, file: `${letter.key}.${sha256.slice(0, 8)}.pdf` }
    await createFile(this.path('letters', entry.file), pdf)
    await createFile(this.path('letters', `${letter.key}.json`), JSON.stringify(entry))
    const found = await this.find(letter.key)
    if (found === null) throw new Error(ENTRY_MISSING)
    return found
  }

  /** The letter of a key, which waits from now on if it did not; null where there is none. */
  async find(key: string): Promise<SpooledLetter | null> {
    const text = await readText(this.path('letters', `${key}.json`))
    if (text === null) return null
    // A process that died between the two files left a letter that nobody would print.
    if ((await this.decision(key)) === null) await createFile(this.path('waiting', key), '')
    return JSON.parse(text) as SpooledLetter
  }

  async decision(key: string): Promise<Decision | null> {
    const text = await readText(this.path('decided', `${key}.json`))
    return text === null ? null : (JSON.parse(text) as Decision)
  }

  /** Takes a letter back, unless its batch was closed first. */
  async recall(key: string, now: number): Promise<RecallOutcome> {
    if ((await this.find(key)) === null) return 'unknown'
    const own: Decision = { recalledAt: now }
    await createFile(this.path('decided', `${key}.json`), JSON.stringify(own))
    const decided = await this.decision(key)
    return decided !== null && 'recalledAt' in decided ? 'recalled' : 'tooLate'
  }

  /** Keys of letters that wait, or waited until a moment ago. */
  async waiting(): Promise<string[]> {
    return this.#names('waiting')
  }

  /** Names of the print house's status files, the newest last. */
  async statusFiles(): Promise<string[]> {
    return (await this.#names('status')).filter((name) => name.endsWith('.csv'))
  }

  async #names(folder: string): Promise<string[]> {
    try {
      return (await readdir(this.path(folder))).filter((name) => !name.startsWith('.')).sort()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
      throw error
    }
  }
}
