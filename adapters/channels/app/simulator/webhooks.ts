import { randomBytes } from 'node:crypto'
import { signedHeaders } from '../../../kit/signature.ts'
import type { News } from './books.ts'
import type { Faults } from './faults.ts'
import { post } from './post.ts'
import { reportOf } from './report.ts'

const AT_ONCE_MAX = 4
const RETRY_FIRST_MS = 250
const RETRY_MAX_MS = 60_000
const TIMEOUT_MS = 10_000
const LATE_MS = 2_000

export interface WebhooksOptions {
  readonly url: string
  /** The webhook key of each relay. */
  readonly keys: ReadonlyMap<string, Buffer>
  readonly faults: Faults
  /** Called once the receiver has answered 2xx, or when the webhook was lost on request. */
  readonly onDone: (news: News, lost: boolean) => void
  readonly onFault: (news: News, fault: string) => void
}

/** Tells Goji the news, a few at a time, each until it is answered with a 2xx. */
export class Webhooks {
  readonly #options: WebhooksOptions
  readonly #waiting: (() => Promise<void>)[] = []
  #running = 0

  constructor(options: WebhooksOptions) {
    this.#options = options
  }

  tell(news: News): void {
    const { relay, key } = news.delivery
    const fault = this.#options.faults.takeOn(relay, 'webhook', key)
    if (fault) this.#options.onFault(news, `webhook.${fault.mode}`)
    switch (fault?.mode) {
      case 'drop':
        this.#options.onDone(news, true)
        return
      case 'duplicate':
        this.#enqueue(() => this.#post(news).then(() => {}))
        break
      case 'wrongSignature':
        this.#enqueue(() => this.#post(news, randomBytes(32)).then(() => {}))
        break
      case 'late':
        setTimeout(() => this.#enqueue(() => this.#attempt(news, 0)), fault.delayMs ?? LATE_MS)
        return
      default:
      // The other faults are those of a request: they do nothing to a webhook.
    }
    this.#enqueue(() => this.#attempt(news, 0))
  }

  #enqueue(work: () => Promise<void>): void {
    this.#waiting.push(work)
    this.#pump()
  }

  #pump(): void {
    while (this.#running < AT_ONCE_MAX) {
      const work = this.#waiting.shift()
      if (!work) return
      this.#running += 1
      void work().finally(() => {
        this.#running -= 1
        this.#pump()
      })
    }
  }

  async #attempt(news: News, failures: number): Promise<void> {
    if (await this.#post(news)) this.#options.onDone(news, false)
    else setTimeout(() => this.#enqueue(() => this.#attempt(news, failures + 1)), Math.min(RETRY_FIRST_MS * 2 ** failures, RETRY_MAX_MS))
  }

  /** Whether the receiver answered 2xx. A receiver that is not there yet is an ordinary "no", told again later. */
  async #post(news: News, key = this.#options.keys.get(news.delivery.relay)): Promise<boolean> {
    if (!key) throw new Error(`The relay ${news.delivery.relay} has no webhook key.`)
    const body = JSON.stringify(reportOf(news.delivery))
    const headers = {
      'content-type': 'application/json',
      'goji-relay': news.delivery.relay,
      ...signedHeaders(key, news.id, body, Date.now()),
    }
    try {
      const status = await post(this.#options.url, headers, body, TIMEOUT_MS)
      return status >= 200 && status <= 299
    } catch {
      return false
    }
  }
}
