import { readdirSync, readFileSync } from 'node:fs'

const FOLDER = new URL('./', import.meta.url)

/**
 * When a view has to be empty: at every instant, where nothing is under way, or only where everything has had time to end.
 */
export const MOMENTS = ['always', 'rest', 'end'] as const
export type Moment = (typeof MOMENTS)[number]

/** A sentence about the books that must hold, and the query that lists what contradicts it. */
export interface Invariant {
  /** Of its file and its view. */
  readonly name: string
  /** Which of the promises in docs/invariants.md it checks, such as `I6`. */
  readonly covers: readonly string[]
  readonly holds: Moment
  /** The heading in docs/runbook.md that says what to do. */
  readonly see: string
  readonly says: string
  /** Answers `ids` (the one at fault first) and `sentence`, without personal data; to be read with the schema of the books in the path. */
  readonly query: string
}

let read: readonly Invariant[] | undefined

/** Every invariant, one file each, in the order of their names. */
export function invariants(): readonly Invariant[] {
  read ??= readdirSync(FOLDER)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => parse(file.replace(/\.sql$/, ''), readFileSync(new URL(file, FOLDER), 'utf8')))
  return read
}

const HEAD = /^-- covers: (I\d+(?:, I\d+)*)\n-- holds: (always|rest|end)\n-- see: (.+)\n-- (.+)\n/

/** @throws Error where the head of a file is not four lines of what it covers, when it holds, where to read on, and what it says. */
export function parse(name: string, text: string): Invariant {
  const head = HEAD.exec(text)
  if (head === null || !/^[a-z_]+$/.test(name)) throw new Error(`store/invariants/${name}.sql has no head, or a name that no view can have`)
  const [whole, covers = '', holds, see = '', says = ''] = head
  return { name, covers: covers.split(', '), holds: holds as Moment, see, says, query: text.slice(whole.length).trim() }
}
