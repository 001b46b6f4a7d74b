import { appendFileSync, existsSync, mkdirSync, openSync, readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'

/**
 * `<folder>/journal.jsonl`: one JSON object a line, only ever appended to. A line is in the file before its effect is
 * answered for, so a killed process loses nothing that it acknowledged. It is not forced to the disk: a simulator does
 * not have to survive the machine, and it must not compete with the database for its disk.
 */
export class Journal<Entry> {
  readonly #file: number

  private constructor(file: number) {
    this.#file = file
  }

  /**
   * Gives every whole line to `apply` in order. A torn last line was never answered for and is cut off.
   * @throws SyntaxError where any other line cannot be read: a damaged journal must not be continued.
   */
  static open<Entry>(folder: string, apply: (entry: Entry) => void): Journal<Entry> {
    mkdirSync(folder, { recursive: true })
    const path = join(folder, 'journal.jsonl')
    if (existsSync(path)) truncateSync(path, replay(readFileSync(path), apply))
    return new Journal<Entry>(openSync(path, 'a'))
  }

  append(entry: Entry): void {
    appendFileSync(this.#file, `${JSON.stringify(entry)}\n`)
  }
}

/** Returns the length in bytes of the part that ends with the last whole line. */
function replay<Entry>(bytes: Buffer, apply: (entry: Entry) => void): number {
  let offset = 0
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, offset)) {
    apply(JSON.parse(bytes.toString('utf8', offset, end)) as Entry)
    offset = end + 1
  }
  return offset
}

/** The whole lines of a folder's journal, for whoever checks what a simulator really did. */
export const readJournal = <Entry>(folder: string): Entry[] =>
  readFileSync(join(folder, 'journal.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as Entry)
