import { request } from 'node:http'
import type { Faults } from './faults.ts'

const TIMEOUT_MS = 10_000
const AT_ONCE_MAX = 8
/** While nothing listens at the address, all wait together: thousands of refused connections help nobody. */
const UNREACHABLE_PAUSE_MS = 1_000

/** A webhook that is owed: what it says, about which key, and how often it has been refused. */
export interface OwedWebhook {
  readonly id: string
  readonly key: string
  readonly body: string
  /** Milliseconds of the simulator's clock, from when on it is sent. */
  readonly dueAt: number
  readonly refusals: number
}

export interface WebhookRules {
  /** Where they go; undefined sends none. */
  readonly url: string | undefined
  /** The headers of one attempt; `forged` asks for a signature that is not the provider's. */
  headers(webhook: OwedWebhook, now: number, forged: boolean): Readonly<Record<string, string>>
  /** Whether an HTTP status takes it. */
  takes(status: number): boolean
  /** Milliseconds of the simulator's clock until the next attempt after so many refusals; null gives it up. */
  wait(refusals: number): number | null
}

interface WebhookBook {
  readonly faults: Faults
  now(): number
  taken(webhook: OwedWebhook): void
  refused(webhook: OwedWebhook, dueAt: number | null): void
  faulted(fault: string, key: string): void
}

/** Sends what is owed, in no promised order, until it is taken or its schedule ends. All that is owed stands in the book. */
export class Webhooks {
  readonly #rules: WebhookRules
  readonly #book: WebhookBook
  readonly #owed = new Map<string, OwedWebhook>()
  readonly #sending = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #started = false

  constructor(rules: WebhookRules, book: WebhookBook) {
    this.#rules = rules
    this.#book = book
  }

  owe(webhook: OwedWebhook): void {
    this.#owed.set(webhook.id, webhook)
    this.look()
  }

  forget(id: string): void {
    this.#owed.delete(id)
  }

  start(): void {
    this.#started = true
    this.look()
  }

  /** Sends what is due by the clock, and looks again when the next is. Called again whenever the clock was moved. */
  look(): void {
    if (!this.#started || this.#rules.url === undefined) return
    clearTimeout(this.#timer)
    const now = this.#book.now()
    let next = Infinity
    for (const webhook of this.#owed.values()) {
      if (this.#sending.has(webhook.id)) continue
      if (webhook.dueAt > now) next = Math.min(next, webhook.dueAt)
      else if (this.#sending.size < AT_ONCE_MAX) void this.#send(webhook, this.#rules.url)
    }
    if (next < Infinity) this.#timer = setTimeout(() => this.look(), Math.min(next - now, 2 ** 31 - 1))
  }

  async #send(webhook: OwedWebhook, url: string): Promise<void> {
    this.#sending.add(webhook.id)
    const outcome = await this.#attempt(webhook, url)
    this.#sending.delete(webhook.id)
    if (outcome === 'unreachable') {
      setTimeout(() => this.look(), UNREACHABLE_PAUSE_MS)
      return
    }
    if (outcome === 'taken') this.#book.taken(webhook)
    else if (outcome === 'refused') {
      const wait = this.#rules.wait(webhook.refusals + 1)
      this.#book.refused(webhook, wait === null ? null : this.#book.now() + wait)
    }
    this.look()
  }

  async #attempt(webhook: OwedWebhook, url: string): Promise<'taken' | 'refused' | 'unreachable' | 'later'> {
    const fault = webhook.refusals === 0 ? this.#book.faults.take('webhook', webhook.key) : undefined
    if (fault) this.#book.faulted(`webhook.${fault.mode}`, webhook.key)
    if (fault?.mode === 'drop') return 'taken'
    if (fault?.mode === 'late') {
      this.#owed.set(webhook.id, { ...webhook, dueAt: this.#book.now() + (fault.delayMs ?? 2_000) })
      return 'later'
    }
    const now = this.#book.now()
    const post = (forged = false) => attemptPost(url, this.#rules.headers(webhook, now, forged), webhook.body)
    if (fault?.mode === 'wrongSignature') await post(true)
    const copies = fault?.mode === 'duplicate' ? 5 : 1
    const statuses = await Promise.all(Array.from({ length: copies }, () => post()))
    if (statuses.every((status) => status === null)) return 'unreachable'
    return statuses.some((status) => status !== null && this.#rules.takes(status)) ? 'taken' : 'refused'
  }
}

/** The HTTP status; null where nobody listens. Silence counts as a refusal. */
const attemptPost = (url: string, headers: Readonly<Record<string, string>>, body: string): Promise<number | null> =>
  new Promise((resolve) => {
    const outgoing = request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers, 'content-length': String(Buffer.byteLength(body)) },
      timeout: TIMEOUT_MS,
    })
    outgoing.on('response', (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
      response.on('error', () => resolve(0))
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error('silence')))
    outgoing.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED' ? null : 0))
    outgoing.end(body)
  })
