import { setTimeout as delay } from 'node:timers/promises'
import { NoAnswer } from './refusal.ts'

export interface TransportOptions {
  /** Base URL of the API, without `/v1`. */
  readonly url: string
  /** Ends every request and every wait between two attempts. */
  readonly signal?: AbortSignal | undefined
  /** Attempts of one request; an outage of a few seconds is waited out. */
  readonly attempts?: number | undefined
}

/** Requests under way at the same time: enough to keep an engine busy, few enough for its connections. */
const AT_ONCE_MAX = 16
const TIMEOUT_MS = 30_000
const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 5_000

/**
 * Sends requests, no more than sixteen at once, and again what failed on the way. A request is sent again as it is, under
 * the same Idempotency-Key, so that nothing is done twice. The last answer is handed on, whatever it is.
 */
export class Transport {
  readonly #options: TransportOptions
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(options: TransportOptions) {
    this.#options = options
  }

  /** @throws NoAnswer `engine_unreachable` when no attempt was answered; the reason of the signal once it is aborted. */
  readonly fetch = async (request: Request): Promise<Response> => {
    while (this.#running >= AT_ONCE_MAX) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#running += 1
    try {
      return await this.#attempt(request)
    } finally {
      this.#running -= 1
      this.#waiting.shift()?.()
    }
  }

  async #attempt({ method, url, headers, body: stream }: Request): Promise<Response> {
    const { signal, attempts = 3 } = this.#options
    const body = stream === null ? null : await new Response(stream).arrayBuffer()
    for (let attempt = 1; ; attempt += 1) {
      signal?.throwIfAborted()
      const limit = AbortSignal.timeout(TIMEOUT_MS)
      const outcome = await fetch(url, { method, headers, body, signal: signal ? AbortSignal.any([signal, limit]) : limit }).then(
        // Read to its end here: a connection that breaks on the way is worth another attempt too.
        async (response) => ({ response: await whole(response) }),
        (error: unknown) => ({ error }),
      )
      if ('response' in outcome && outcome.response.ok) return outcome.response
      signal?.throwIfAborted()
      const worthAnother = 'error' in outcome || outcome.response.status >= 500 || outcome.response.status === 429
      if (!worthAnother || attempt === attempts) {
        if ('response' in outcome) return outcome.response
        throw this.#unreachable(outcome.error)
      }
      const asked = 'response' in outcome ? Number(outcome.response.headers.get('retry-after') ?? 0) * 1000 : 0
      await delay(Math.min(Math.max(asked, FIRST_WAIT_MS * 2 ** (attempt - 1)), LONGEST_WAIT_MS), undefined, signal ? { signal } : {})
    }
  }

  #unreachable(error: unknown): NoAnswer {
    const { cause, message } = error as Error
    const code = (cause as { code?: string } | undefined)?.code
    return new NoAnswer(
      'engine_unreachable',
      `Nothing answers at ${this.#options.url} (${code ?? message}). Start the engine with "npm start", or name another address (goji: --url).`,
      error,
    )
  }
}

async function whole(response: Response): Promise<Response> {
  const { status, statusText, headers } = response
  const bytes = await response.arrayBuffer()
  return new Response(bytes.byteLength === 0 ? null : bytes, { status, statusText, headers })
}
