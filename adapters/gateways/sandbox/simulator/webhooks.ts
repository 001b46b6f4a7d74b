import { Webhook } from 'standardwebhooks'
import type { Book } from './book.ts'
import type { Clock } from './clock.ts'
import type { Stamped } from './entries.ts'
import type { Faults } from './faults.ts'
import { Poster, Silence } from './post.ts'

const CONCURRENCY = 8
const ATTEMPT_TIMEOUT_MS = 15_000
const FIRST_BACKOFF_MS = 250
const MAX_BACKOFF_MS = 60_000
/** While nothing listens at the address, all deliveries wait together: thousands of refused connections help nobody. */
const UNREACHABLE_PAUSE_MS = 1_000
const DUPLICATE_COPIES = 5

const TYPES: Partial<Record<Stamped['op'], string>> = {
  authorize: 'payment.authorized',
  capture: 'payment.captured',
  decline: 'payment.declined',
  cancel: 'payment.cancelled',
  claim: 'payment.claimed',
  refund: 'refund.done',
  refundFailed: 'refund.failed',
}

interface Event {
  readonly id: string
  readonly key: string
  readonly body: string
  attempts: number
  /** An event suffers at most one injected fault, so that every one but the dropped arrives in the end. */
  faulted: boolean
}

type Sending = { readonly signWith?: Webhook; readonly body?: string }

/**
 * Tells the merchant what happened, at least once and in no promised order: each event is sent until it is answered with
 * 2xx. What is not acknowledged in the journal is sent again after a restart.
 */
export class Webhooks {
  readonly #poster: Poster
  readonly #signer: Webhook
  readonly #stranger = new Webhook(Buffer.from('the secret of somebody else').toString('base64'))
  readonly #clock: Clock
  readonly #faults: Faults
  readonly #owed = new Map<string, Event>()
  readonly #ready = new Set<Event>()
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #held: Event[] = []
  #journalId = ''
  #book: Book | undefined
  #sending = 0
  #paused = false
  #stopped = false

  constructor(url: string, secret: string, clock: Clock, faults: Faults) {
    // The copies of a duplicated webhook leave at the same time.
    this.#poster = new Poster(url, CONCURRENCY * DUPLICATE_COPIES)
    this.#signer = new Webhook(secret)
    this.#clock = clock
    this.#faults = faults
  }

  follow(entry: Stamped): void {
    if (entry.op === 'opened') this.#journalId = entry.journal
    if (entry.op === 'webhook') this.#owed.delete(entry.event)
    const type = TYPES[entry.op]
    if (type === undefined || !('key' in entry) || !('reference' in entry)) return
    const body = JSON.stringify({ type, key: entry.key, reference: entry.reference, at: entry.at })
    const event = { id: `evt_${this.#journalId}_${entry.seq}`, key: entry.key, body, attempts: 0, faulted: false }
    this.#owed.set(event.id, event)
    if (this.#book !== undefined) this.#enqueue(event)
  }

  /** Begins to send, first what an earlier run still owed. */
  start(book: Book): void {
    this.#book = book
    for (const event of this.#owed.values()) this.#enqueue(event)
  }

  stop(): void {
    this.#paused = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.#stopped = true
    this.#poster.close()
  }

  #enqueue(event: Event): void {
    this.#ready.add(event)
    this.#pump()
  }

  #pump(): void {
    while (!this.#paused && this.#sending < CONCURRENCY) {
      const [event] = this.#ready
      if (event === undefined || this.#book === undefined) return
      this.#ready.delete(event)
      this.#sending += 1
      void this.#deliver(event, this.#book).finally(() => {
        this.#sending -= 1
        this.#pump()
      })
    }
  }

  async #deliver(event: Event, book: Book): Promise<void> {
    await book.flushed()
    if (this.#stopped) return
    const fault = event.faulted ? undefined : this.#faults.take('webhook', event.key)
    if (fault === undefined) return this.#conclude(event, book, await this.#post(event))
    event.faulted = true
    book.record({ op: 'fault', fault: `webhook.${fault.mode}`, key: event.key })
    switch (fault.mode) {
      case 'drop':
        book.record({ op: 'webhook', event: event.id, outcome: 'dropped' })
        return
      case 'late':
        return this.#later(fault.delayMs ?? 2_000, () => this.#enqueue(event))
      case 'reorder':
        this.#held.push(event)
        return this.#later(fault.delayMs ?? 2_000, () => this.#release())
      case 'duplicate': {
        const answers = await Promise.all(Array.from({ length: DUPLICATE_COPIES }, () => this.#post(event)))
        return this.#conclude(event, book, answers.includes('acknowledged') ? 'acknowledged' : 'refused')
      }
      case 'wrongSignature':
        await this.#post(event, { signWith: this.#stranger })
        return this.#conclude(event, book, 'refused')
      case 'brokenBody':
        await this.#post(event, { body: event.body.slice(0, event.body.length / 2) })
        return this.#conclude(event, book, 'refused')
      default:
        throw new Error(`A webhook cannot suffer ${fault.mode}.`)
    }
  }

  async #post(
    event: Event,
    { signWith = this.#signer, body = event.body }: Sending = {},
  ): Promise<'acknowledged' | 'refused' | 'unreachable'> {
    const now = new Date(this.#clock.now())
    const headers = {
      'content-type': 'application/json',
      'webhook-id': event.id,
      'webhook-timestamp': Math.floor(now.getTime() / 1000).toString(),
      'webhook-signature': signWith.sign(event.id, now, body),
    }
    try {
      const status = await this.#poster.post(headers, body, ATTEMPT_TIMEOUT_MS)
      return status >= 200 && status < 300 ? 'acknowledged' : 'refused'
    } catch (error) {
      return error instanceof Silence ? 'refused' : 'unreachable'
    }
  }

  #conclude(event: Event, book: Book, outcome: 'acknowledged' | 'refused' | 'unreachable'): void {
    if (this.#stopped) return
    if (outcome === 'acknowledged') {
      book.record({ op: 'webhook', event: event.id, outcome })
      this.#release()
    } else if (outcome === 'unreachable') {
      this.#ready.add(event)
      this.#pause()
    } else {
      const backoff = Math.min(FIRST_BACKOFF_MS * 2 ** event.attempts, MAX_BACKOFF_MS)
      event.attempts += 1
      this.#later(backoff / 2 + (Math.random() * backoff) / 2, () => this.#enqueue(event))
    }
  }

  /** Sends the events that were held back until a later one had overtaken them. */
  #release(): void {
    for (const event of this.#held.splice(0)) this.#enqueue(event)
  }

  #pause(): void {
    if (this.#paused) return
    this.#paused = true
    this.#later(UNREACHABLE_PAUSE_MS, () => {
      this.#paused = false
      this.#pump()
    })
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      act()
    }, ms)
    this.#timers.add(timer)
  }
}
