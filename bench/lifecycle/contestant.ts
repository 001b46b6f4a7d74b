/**
 * One way to live the happy digital life of a bill: issued, delivered once, paid once, settled. The driver calls the
 * methods in this order for every life; each resolves when the workflow has taken the news in.
 */
export interface Contestant {
  readonly name: string
  /** Creates bill number `index` and resolves once its notice was sent. */
  issue(index: number): Promise<void>
  pay(index: number): Promise<void>
  /** Resolves once the life is closed. */
  settle(index: number): Promise<void>
  /** Workflow id of a life, to count its events afterwards. */
  workflowId(index: number): string
  stop(): Promise<void>
}

/** Resolves promises by a key when something happened, in whichever order the two sides come. */
export class Milestones {
  readonly #waiting = new Map<string, { promise: Promise<void>; resolve: () => void }>()

  #entry(key: string): { promise: Promise<void>; resolve: () => void } {
    let entry = this.#waiting.get(key)
    if (!entry) {
      let resolve: () => void = () => undefined
      const promise = new Promise<void>((done) => (resolve = done))
      entry = { promise, resolve }
      this.#waiting.set(key, entry)
    }
    return entry
  }

  reached(key: string): void {
    this.#entry(key).resolve()
  }

  async until(key: string): Promise<void> {
    await this.#entry(key).promise
    this.#waiting.delete(key)
  }
}
