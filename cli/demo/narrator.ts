import { GojiError } from '../../domain/errors.ts'

export interface Kept {
  readonly promise: string
  readonly kept: boolean
}

/** Tells a scenario line by line, with the seconds since its beginning, and notes which promises were kept. */
export class Narrator {
  readonly #write: (line: string) => void
  readonly #since = performance.now()
  readonly promises: Kept[] = []

  constructor(write: (line: string) => void) {
    this.#write = write
  }

  title({ number, title, story }: { readonly number: number; readonly title: string; readonly story: string }): void {
    this.#write(`Demonstration ${number}: ${title}\n${story}\n`)
  }

  say(sentence: string): void {
    this.#write(`${this.#seconds()}  ${sentence}`)
  }

  /** A line that belongs to the one before. */
  add(sentence: string): void {
    this.#write(`${' '.repeat(8)}  ${sentence}`)
  }

  /** What the scenario is there to show, and whether it came true. */
  check(promise: string, kept: boolean): void {
    this.promises.push({ promise, kept })
    this.#write(`${this.#seconds()}  ${kept ? '✔' : '✘'} ${promise}`)
  }

  /** @throws GojiError `demo_failed` naming what did not come true. */
  assertKept(): void {
    const broken = this.promises.filter(({ kept }) => !kept)
    if (broken.length === 0) return
    throw new GojiError('conflict', 'demo_failed', `This did not come true: ${broken.map(({ promise }) => promise).join('; ')}.`)
  }

  #seconds(): string {
    const tenths = Math.round((performance.now() - this.#since) / 100)
    return `${`${Math.floor(tenths / 10)}.${tenths % 10}`.padStart(6)} s`
  }
}
