import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs'

/** What the load asked for, written before it was sent. */
export interface Asked {
  readonly n: number
  readonly at: number
  readonly what: string
  /** The Idempotency-Key, the same at every attempt. */
  readonly key: string
  readonly path: string
  /** SHA-256 of the body. */
  readonly sha256: string
  /** What tells in the database whether it took effect, where the answer cannot say. */
  readonly billNumber?: string
  /** It breaks a rule on purpose. */
  readonly mustBeRefused?: true
}

/** How it ended for whoever asked. `unknown`: nobody answered in time, so both is allowed. */
export interface Answered {
  readonly n: number
  readonly at: number
  readonly outcome: 'acknowledged' | 'refused' | 'unknown'
  readonly status?: number
  readonly code?: string
  /** Ids of what was made. */
  readonly ids?: readonly string[]
  readonly attempts: number
}

/** Something that is wrong with an answer by itself. */
export interface Noted {
  readonly at: number
  readonly note: 'differs' | 'internalError' | 'notAuthorized' | 'unexpectedRefusal' | 'secondRefund'
  readonly n: number
  readonly says: string
}

export type Line = Asked | Answered | Noted

/** The load's own journal: a line is on the disk before what it tells of can happen. */
export class LoadJournal {
  readonly #file: number
  #next = 1

  constructor(path: string) {
    this.#file = openSync(path, 'a')
  }

  ask(asked: Omit<Asked, 'n'>): number {
    const n = this.#next++
    this.#write({ n, ...asked })
    return n
  }

  answer(answered: Answered): void {
    this.#write(answered)
  }

  note(noted: Noted): void {
    this.#write(noted)
  }

  close(): void {
    closeSync(this.#file)
  }

  #write(line: Line): void {
    writeSync(this.#file, `${JSON.stringify(line)}\n`)
    fdatasyncSync(this.#file)
  }
}

export interface ReadJournal {
  readonly asked: ReadonlyMap<number, Asked>
  readonly answered: ReadonlyMap<number, Answered>
  readonly noted: readonly Noted[]
}

export function readLoadJournal(path: string): ReadJournal {
  const asked = new Map<number, Asked>()
  const answered = new Map<number, Answered>()
  const noted: Noted[] = []
  for (const text of readFileSync(path, 'utf8').split('\n').slice(0, -1)) {
    const line = JSON.parse(text) as Line
    if ('note' in line) noted.push(line)
    else if ('outcome' in line) answered.set(line.n, line)
    else asked.set(line.n, line)
  }
  return { asked, answered, noted }
}
