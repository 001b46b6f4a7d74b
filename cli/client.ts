import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { GojiError } from '../domain/errors.ts'

/** A refusal of the API, with its stable code and the words of its problem+json. */
export class ApiRefusal extends Error {
  readonly status: number
  readonly code: string
  readonly pointer: string | undefined
  readonly requestId: string | undefined

  constructor(problem: { status: number; code: string; detail: string; pointer?: string | undefined; requestId?: string | undefined }) {
    super(problem.detail)
    this.name = 'ApiRefusal'
    this.status = problem.status
    this.code = problem.code
    this.pointer = problem.pointer
    this.requestId = problem.requestId
  }
}

export interface ClientOptions {
  /** Base URL of the API, without `/v1`. */
  readonly url: string
  readonly key: string
  /** Ends every request and every wait between two attempts. */
  readonly signal?: AbortSignal
  /** Attempts of one request; an outage of a few seconds is waited out. */
  readonly attempts?: number
}

/** Requests under way at the same time: enough to keep an engine busy, few enough for its connections. */
const AT_ONCE_MAX = 16
const TIMEOUT_MS = 30_000
const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 5_000

type Query = Readonly<Record<string, string | number | undefined>>

/**
 * The public API. Connections are kept alive; what failed on the way is sent again under the same Idempotency-Key, so
 * that nothing is done twice.
 */
export class Client {
  readonly #options: ClientOptions
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(options: ClientOptions) {
    this.#options = options
  }

  /** The same engine under another key. */
  withKey(key: string): Client {
    return new Client({ ...this.#options, key })
  }

  get<Answer>(path: string, query: Query = {}): Promise<Answer> {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
    return this.#send<Answer>('GET', search.size === 0 ? path : `${path}?${search.toString()}`)
  }

  /**
   * The key of the request is made of its words: sent again, in another process too, it is the same request. What is to
   * be done once more has another `occasion`.
   */
  post<Answer>(path: string, body: unknown, occasion = ''): Promise<Answer> {
    return this.#send<Answer>(
      'POST',
      path,
      body,
      createHash('sha256')
        .update(`${path}\n${JSON.stringify(body)}\n${occasion}`)
        .digest('base64url'),
    )
  }

  put<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.#send<Answer>('PUT', path, body)
  }

  async #send<Answer>(method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<Answer> {
    await this.#enter()
    try {
      return await this.#attempt<Answer>(method, path, body, idempotencyKey)
    } finally {
      this.#running -= 1
      this.#waiting.shift()?.()
    }
  }

  async #enter(): Promise<void> {
    while (this.#running >= AT_ONCE_MAX) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#running += 1
  }

  /** @throws ApiRefusal; GojiError `engine_unreachable` when no attempt was answered. */
  async #attempt<Answer>(method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<Answer> {
    const { url, key, signal, attempts = 3 } = this.#options
    for (let attempt = 1; ; attempt += 1) {
      signal?.throwIfAborted()
      const limit = AbortSignal.timeout(TIMEOUT_MS)
      const outcome = await fetch(`${url}/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      }).then(
        async (response) => ({ response, text: await response.text() }),
        (error: unknown) => ({ error }),
      )
      if ('response' in outcome && outcome.response.ok) return parse<Answer>(outcome.text, path)
      signal?.throwIfAborted()
      const worthAnother = 'error' in outcome || outcome.response.status >= 500 || outcome.response.status === 429
      if (!worthAnother || attempt === attempts)
        throw 'error' in outcome ? unreachable(url, outcome.error) : refusalOf(outcome.response.status, outcome.text)
      const asked = 'response' in outcome ? Number(outcome.response.headers.get('retry-after') ?? 0) * 1000 : 0
      await delay(Math.min(Math.max(asked, FIRST_WAIT_MS * 2 ** (attempt - 1)), LONGEST_WAIT_MS), undefined, signal ? { signal } : {})
    }
  }
}

function parse<Answer>(text: string, path: string): Answer {
  try {
    return (text === '' ? undefined : JSON.parse(text)) as Answer
  } catch {
    throw new GojiError('unavailable', 'answer_malformed', `The answer to ${path} is not JSON. Is this the address of a Goji API?`)
  }
}

function refusalOf(status: number, text: string): ApiRefusal {
  try {
    const { code, detail, pointer, requestId } = JSON.parse(text) as Partial<Record<'code' | 'detail' | 'pointer' | 'requestId', string>>
    if (code !== undefined && detail !== undefined) return new ApiRefusal({ status, code, detail, pointer, requestId })
  } catch {
    // Something in between answered, in its own words.
  }
  return new ApiRefusal({
    status,
    code: `http_${status}`,
    detail: `The address answered with the status ${status} and no reason. Is it that of a Goji API?`,
  })
}

function unreachable(url: string, error: unknown): GojiError {
  const { cause, message } = error as Error
  const code = (cause as { code?: string } | undefined)?.code
  return new GojiError(
    'unavailable',
    'engine_unreachable',
    `Nothing answers at ${url} (${code ?? message}). Start the engine with "npm start", or name another address with --url.`,
  )
}
