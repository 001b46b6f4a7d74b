import { constants, createReadStream, existsSync, mkdirSync, truncateSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Stamped } from './entries.ts'

const LINE_FEED = 0x0a
/** Only append, and return from a write only when it is on the disk: half the system calls of a write and an fsync. */
const DURABLY = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_DSYNC
/** How long a line that nobody waits for may stay in memory. */
const LAZY_FLUSH_MS = 200

/**
 * The durable journal: one JSON object a line, only ever appended to. Lines are written to the disk in groups: all
 * requests that arrive during one write share the next, so durability costs few writes under any load.
 */
export class Journal {
  readonly #file: FileHandle
  #waiting: string[] = []
  #current: Promise<void> | undefined
  #next: Promise<void> | undefined
  #lazy: NodeJS.Timeout | undefined
  #closed = false

  private constructor(file: FileHandle) {
    this.#file = file
  }

  /**
   * Opens `<folder>/journal.jsonl`, giving every whole line to `apply` in order. A torn last line (the process died while
   * writing it, so it was never answered for) is cut off.
   * @throws Error where any other line cannot be read: a damaged journal must not be continued.
   */
  static async open(folder: string, apply: (entry: Stamped) => void): Promise<Journal> {
    mkdirSync(folder, { recursive: true })
    const path = join(folder, 'journal.jsonl')
    if (existsSync(path)) truncateSync(path, await replay(path, apply))
    return new Journal(await open(path, DURABLY))
  }

  /** @throws Error once the journal is closed: a request that an injected fault slowed down comes too late to have an effect. */
  append(entry: Stamped): void {
    if (this.#closed) throw new Error('The journal is closed.')
    this.#waiting.push(`${JSON.stringify(entry)}\n`)
    this.#lazy ??= setTimeout(() => void this.flushed(), LAZY_FLUSH_MS)
  }

  /** Resolves once all that was appended before this call is on the disk. Every answer waits for it, reads included. */
  flushed(): Promise<void> {
    if (this.#waiting.length > 0) {
      this.#next ??= (this.#current ?? Promise.resolve()).then(() => this.#write())
    }
    return this.#next ?? this.#current ?? Promise.resolve()
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.flushed()
    await this.#file.close()
  }

  async #write(): Promise<void> {
    this.#current = this.#next
    this.#next = undefined
    const lines = this.#waiting
    this.#waiting = []
    clearTimeout(this.#lazy)
    this.#lazy = undefined
    try {
      await this.#file.appendFile(lines.join(''))
    } catch (error) {
      // The memory is now ahead of the disk, and every answer would be a lie: only a restart from the journal is honest.
      console.error('The journal cannot be written.', error)
      process.exit(1)
    }
    this.#current = undefined
  }
}

/** Applies all whole lines and returns the length in bytes of the part that ends with the last of them. */
async function replay(path: string, apply: (entry: Stamped) => void): Promise<number> {
  let rest: Buffer = Buffer.alloc(0)
  let good = 0
  let number = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let start = 0
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      number += 1
      apply(parse(bytes.toString('utf8', start, end), number))
      good += end + 1 - start
      start = end + 1
    }
    rest = bytes.subarray(start)
  }
  return good
}

function parse(line: string, number: number): Stamped {
  try {
    return JSON.parse(line) as Stamped
  } catch (cause) {
    throw new Error(`The journal is damaged in line ${number}; restore it, or begin with an empty folder.`, { cause })
  }
}
