import { setTimeout as delay } from 'node:timers/promises'
import type { Goji } from '../../client/index.ts'

/** Bills that are loaded and not issued yet: as many as keep the workers busy and no run waiting for long. */
const WINDOW = 64
const LOOK_EVERY_MS = 300
/** Looking takes no more than this part of the engine's time, however slow it is. */
const LOOK_SHARE = 0.2

interface Waiting {
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

/**
 * Follows which bills the workers have issued. Only so many may wait for it, so loading goes at the workers' pace and
 * payments and reminders of earlier bills are never far behind.
 */
export class Issued {
  readonly #client: Goji
  readonly #signal: AbortSignal
  readonly #waiting = new Map<string, Waiting>()
  readonly #forRoom: (() => void)[] = []
  /** Bills that were there before ours are not looked at. */
  #since: string | undefined
  #reserved = 0
  #count = 0

  /** Once the signal is aborted, whoever waits here hears its reason. */
  constructor(client: Goji, signal: AbortSignal) {
    this.#client = client
    this.#signal = signal
    signal.addEventListener('abort', () => this.#giveUp(), { once: true })
  }

  get count(): number {
    return this.#count
  }

  /** Resolves when one more bill may be sent; `sent` or `dropped` has to follow. */
  async room(): Promise<void> {
    while (this.#reserved + this.#waiting.size >= WINDOW) {
      this.#signal.throwIfAborted()
      await new Promise<void>((resolve) => this.#forRoom.push(resolve))
    }
    this.#reserved += 1
  }

  /** The bill was taken (with its time of creation by the engine's clock); the promise resolves once it is issued. */
  sent(bill: { readonly id: string; readonly createdAt: string }): Promise<void> {
    this.#reserved -= 1
    if (this.#since === undefined || bill.createdAt < this.#since) this.#since = bill.createdAt
    const issued = new Promise<void>((resolve, reject) => this.#waiting.set(bill.id, { resolve, reject }))
    // Not everybody waits for it.
    issued.catch(() => undefined)
    return issued
  }

  dropped(): void {
    this.#reserved -= 1
    this.#forRoom.shift()?.()
  }

  /** Looks at intervals until the signal is aborted. */
  async follow(): Promise<void> {
    while (!this.#signal.aborted) {
      // Bills that are sent while the list is read are not judged by it.
      const asked = [...this.#waiting.keys()]
      const since = performance.now()
      if (asked.length > 0) {
        const received = await this.#received()
        for (const id of asked) if (!received.has(id)) this.#issue(id)
      }
      await delay(Math.max(LOOK_EVERY_MS, (performance.now() - since) / LOOK_SHARE), undefined, { signal: this.#signal }).catch(
        () => undefined,
      )
    }
  }

  async #received(): Promise<Set<string>> {
    const ids = new Set<string>()
    const query = { status: 'received', createdAfter: this.#since } as const
    for await (const { id } of this.#client.list('/v1/bills', { query })) ids.add(id)
    return ids
  }

  #issue(id: string): void {
    this.#waiting.get(id)?.resolve()
    this.#waiting.delete(id)
    this.#count += 1
    this.#forRoom.shift()?.()
  }

  #giveUp(): void {
    for (const { reject } of this.#waiting.values()) reject(this.#signal.reason)
    for (const resolve of this.#forRoom.splice(0)) resolve()
  }
}
