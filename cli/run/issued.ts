import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '../client.ts'

/** Bills that are loaded and not issued yet: as many as keep the workers busy and no run waiting for long. */
const WINDOW = 64
const LOOK_EVERY_MS = 300
/** The largest page that the API gives. */
const PAGE = 100

interface Page {
  readonly data: readonly { readonly id: string }[]
  readonly nextCursor: string | null
}

/**
 * Follows which bills the workers have issued. Only so many may wait for it, so loading goes at the workers' pace and
 * payments and reminders of earlier bills are never far behind.
 */
export class Issued {
  readonly #client: Client
  readonly #waiting = new Map<string, () => void>()
  readonly #forRoom: (() => void)[] = []
  #reserved = 0
  /** Bills that were there before ours are not looked at. */
  #since: string | undefined
  #count = 0

  constructor(client: Client) {
    this.#client = client
  }

  get count(): number {
    return this.#count
  }

  /** Resolves when one more bill may be sent; `sent` or `dropped` has to follow. */
  async room(): Promise<void> {
    while (this.#reserved + this.#waiting.size >= WINDOW) await new Promise<void>((resolve) => this.#forRoom.push(resolve))
    this.#reserved += 1
  }

  /** The bill was taken (with its time of creation by the engine's clock); the promise resolves once it is issued. */
  sent(bill: { readonly id: string; readonly createdAt: string }): Promise<void> {
    this.#reserved -= 1
    if (this.#since === undefined || bill.createdAt < this.#since) this.#since = bill.createdAt
    return new Promise((resolve) => this.#waiting.set(bill.id, resolve))
  }

  dropped(): void {
    this.#reserved -= 1
    this.#wakeOne()
  }

  /** Looks at intervals until the signal is aborted. */
  async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // Bills that are sent while the list is read are not judged by it.
      const asked = [...this.#waiting.keys()]
      if (asked.length > 0) {
        const received = await this.#received()
        for (const id of asked) if (!received.has(id)) this.#issue(id)
      }
      await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
    }
  }

  async #received(): Promise<Set<string>> {
    const ids = new Set<string>()
    let cursor: string | undefined
    do {
      const page: Page = await this.#client.get<Page>('/bills', { status: 'received', createdAfter: this.#since, limit: PAGE, cursor })
      for (const { id } of page.data) ids.add(id)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    return ids
  }

  #issue(id: string): void {
    const resolve = this.#waiting.get(id)
    this.#waiting.delete(id)
    this.#count += 1
    resolve?.()
    this.#wakeOne()
  }

  #wakeOne(): void {
    this.#forRoom.shift()?.()
  }
}
