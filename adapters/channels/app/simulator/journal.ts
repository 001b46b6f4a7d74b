import { appendFileSync, existsSync, fstatSync, mkdirSync, openSync, readFileSync, readSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import type { Notice } from '../../../../domain/ports/channel.ts'

interface Happening {
  readonly relay: string
  readonly key: string
  /** Milliseconds. */
  readonly at: number
}

/** One thing that happened. `attempt` tells the attempts of one key apart. */
export type Entry = Happening &
  (
    | { readonly event: 'accepted'; readonly attempt: number; readonly recipient: string; readonly notice: Notice }
    /** `told`: the answer to the request said it already, so no webhook is due. */
    | { readonly event: 'outcome'; readonly attempt: number; readonly status: string; readonly code?: string; readonly told: boolean }
    | { readonly event: 'opened'; readonly attempt: number }
    /** A webhook was answered with 2xx, or lost on request. */
    | { readonly event: 'notified'; readonly id: string; readonly lost: boolean }
    /** A fault that was asked for was injected. */
    | { readonly event: 'fault'; readonly fault: string }
  )

/** Where a line stands in the file, so that what is rarely looked at need not stay in memory. */
export interface Place {
  readonly offset: number
  readonly length: number
}

/**
 * `<folder>/journal.jsonl`: one JSON object a line, only ever appended to. A line is in the file before its effect is
 * answered for, so a killed process loses nothing that it acknowledged. It is not forced to the disk: a simulator does
 * not have to survive the machine, and it must not compete with the database for its disk.
 */
export class Journal {
  readonly #file: number
  #size: number

  private constructor(file: number, size: number) {
    this.#file = file
    this.#size = size
  }

  /**
   * Gives every whole line to `apply` in order. A torn last line was never answered for and is cut off.
   * @throws SyntaxError where any other line cannot be read: a damaged journal must not be continued.
   */
  static open(folder: string, apply: (entry: Entry, place: Place) => void): Journal {
    mkdirSync(folder, { recursive: true })
    const path = join(folder, 'journal.jsonl')
    if (existsSync(path)) truncateSync(path, replay(readFileSync(path), apply))
    const file = openSync(path, 'a+')
    return new Journal(file, fstatSync(file).size)
  }

  append(entries: readonly Entry[]): readonly Place[] {
    const lines = entries.map((entry) => Buffer.from(`${JSON.stringify(entry)}\n`))
    appendFileSync(this.#file, Buffer.concat(lines))
    return lines.map((line) => {
      const place = { offset: this.#size, length: line.length }
      this.#size += line.length
      return place
    })
  }

  read({ offset, length }: Place): Entry {
    const line = Buffer.alloc(length)
    readSync(this.#file, line, 0, length, offset)
    return JSON.parse(line.toString('utf8')) as Entry
  }
}

/** Returns the length in bytes of the part that ends with the last whole line. */
function replay(bytes: Buffer, apply: (entry: Entry, place: Place) => void): number {
  let offset = 0
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, offset)) {
    apply(JSON.parse(bytes.toString('utf8', offset, end)) as Entry, { offset, length: end + 1 - offset })
    offset = end + 1
  }
  return offset
}
