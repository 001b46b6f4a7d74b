import { createHash } from 'node:crypto'
import createFetchClient from 'openapi-fetch'
import { malformed, refusalOf } from './refusal.ts'
import type { paths } from './schema.ts'
import { Transport, type TransportOptions } from './transport.ts'
import type { Answer, Input, ListPath, Method, PathOf, Row } from './types.ts'

export { ApiRefusal, type ErrorCode, NoAnswer } from './refusal.ts'
export type { Answer, Row, Schemas } from './types.ts'

export interface GojiOptions extends TransportOptions {
  readonly key: string
}

export interface Command {
  /** Tells this request from an earlier one with the same words, which it would otherwise be a repetition of. */
  readonly occasion?: string
  /** The Idempotency-Key itself, where the caller keeps one. */
  readonly idempotencyKey?: string
}

/** A body that is not JSON, such as a file that is sent as it is. */
export interface RawBody {
  readonly type: string
  readonly bytes: string | Uint8Array
}

/** What an answer is that is not JSON: a letter, a file of results. */
export interface Download {
  readonly type: string
  readonly bytes: Uint8Array
}

interface AnyInput {
  readonly path?: object | undefined
  readonly query?: object | undefined
  readonly body?: unknown
}

const PAGE_MAX = 100

/** The public API, typed by its own description. Connections are kept alive. */
export class Goji {
  readonly #options: GojiOptions
  readonly #client: ReturnType<typeof createFetchClient<paths>>

  constructor(options: GojiOptions) {
    this.#options = options
    this.#client = createFetchClient<paths>({ baseUrl: options.url, fetch: new Transport(options).fetch })
  }

  /** The same engine under another key. */
  withKey(key: string): Goji {
    return new Goji({ ...this.#options, key })
  }

  /** @throws ApiRefusal; NoAnswer. */
  get<P extends PathOf<'get'>>(path: P, ...[input]: Arguments<Input<P, 'get'>>): Promise<Answer<P, 'get'>> {
    return this.#json('get', path, input ?? {})
  }

  /**
   * The key of the request is made of its words: sent again, in another process too, it is the same request. What is to
   * be done once more has another `occasion`. @throws ApiRefusal; NoAnswer.
   */
  post<P extends PathOf<'post'>>(path: P, ...[input]: Arguments<Input<P, 'post'> & Command>): Promise<Answer<P, 'post'>> {
    return this.#json('post', path, input ?? {}, { 'idempotency-key': keyOf(path, input ?? {}) })
  }

  /** @throws ApiRefusal; NoAnswer. */
  put<P extends PathOf<'put'>>(path: P, ...[input]: Arguments<Input<P, 'put'>>): Promise<Answer<P, 'put'>> {
    return this.#json('put', path, input ?? {})
  }

  /** @throws ApiRefusal; NoAnswer. */
  delete<P extends PathOf<'delete'>>(path: P, ...[input]: Arguments<Input<P, 'delete'>>): Promise<Answer<P, 'delete'>> {
    return this.#json('delete', path, input ?? {})
  }

  /** As `post`, with a body that is not JSON. */
  send<P extends PathOf<'post'>>(
    path: P,
    input: Omit<Input<P, 'post'>, 'body'> & Command & { readonly raw: RawBody },
  ): Promise<Answer<P, 'post'>> {
    const { raw, ...rest } = input as AnyInput & Command & { raw: RawBody }
    const headers = { 'idempotency-key': keyOf(path, { ...rest, body: raw }), 'content-type': raw.type }
    return this.#json('post', path, { ...rest, body: raw.bytes }, headers)
  }

  /** An answer that is not JSON, as it is. @throws ApiRefusal; NoAnswer. */
  async download<P extends PathOf<'get'>>(path: P, ...[input]: Arguments<Input<P, 'get'>>): Promise<Download> {
    const { data, response } = await this.#ask('get', path, input ?? {}, {}, 'arrayBuffer')
    return { type: response.headers.get('content-type') ?? '', bytes: new Uint8Array(data as ArrayBuffer) }
  }

  /** Every row of a list, page after page as they are needed; `limit` is how many at most. @throws ApiRefusal; NoAnswer. */
  async *list<P extends ListPath>(
    path: P,
    ...[input]: Arguments<Input<P, 'get'> & { readonly limit?: number }>
  ): AsyncGenerator<Row<P>, void, undefined> {
    const { limit = Infinity, query, ...rest } = (input ?? {}) as AnyInput & { limit?: number }
    let left = limit
    let cursor: string | null = null
    do {
      const asked: AnyInput = { ...rest, query: { ...query, limit: Math.min(left, PAGE_MAX), cursor: cursor ?? undefined } }
      const page: { data: Row<P>[]; nextCursor: string | null } = await this.#json('get', path, asked)
      yield* page.data.slice(0, left)
      left -= page.data.length
      cursor = page.nextCursor
    } while (cursor !== null && left > 0)
  }

  /** As `list`, all at once. */
  async rows<P extends ListPath>(path: P, ...input: Arguments<Input<P, 'get'> & { readonly limit?: number }>): Promise<Row<P>[]> {
    const rows: Row<P>[] = []
    for await (const row of this.list(path, ...input)) rows.push(row)
    return rows
  }

  async #json<T>(method: Method, path: string, input: AnyInput, headers: Readonly<Record<string, string>> = {}): Promise<T> {
    return (await this.#ask(method, path, input, headers, 'json')).data as T
  }

  /** The types have done their part: from here on a request is a method, a path and words. */
  async #ask(
    method: Method,
    path: string,
    { path: parts, query, body }: AnyInput,
    headers: Readonly<Record<string, string>>,
    parseAs: 'json' | 'arrayBuffer',
  ): Promise<{ data: unknown; response: Response }> {
    const send = this.#client.request as (...request: unknown[]) => Promise<{ data?: unknown; error?: unknown; response: Response }>
    const isRaw = typeof body === 'string' || body instanceof Uint8Array
    const { data, error, response } = await send(method, path, {
      params: { path: parts, query },
      headers: { authorization: `Bearer ${this.#options.key}`, ...(parseAs === 'json' ? { accept: 'application/json' } : {}), ...headers },
      parseAs,
      ...(body === undefined ? {} : { body }),
      ...(isRaw ? { bodySerializer: (raw: unknown) => raw } : {}),
    }).catch((problem: unknown) => {
      if (!(problem instanceof SyntaxError)) throw problem
      throw malformed(path, problem)
    })
    if (!response.ok) throw refusalOf(response.status, error)
    return { data, response }
  }
}

/** Nothing has to be written where nothing is needed. */
type Arguments<I> = Partial<I> extends I ? [input?: I] : [input: I]

function keyOf(path: string, { path: parts, query, body, occasion, idempotencyKey }: AnyInput & Command): string {
  if (idempotencyKey !== undefined) return idempotencyKey
  const words = JSON.stringify([path, parts, query, occasion])
  const hash = createHash('sha256').update(words)
  const raw = (body as RawBody | undefined)?.bytes
  return (raw === undefined ? hash.update(`\n${JSON.stringify(body)}`) : hash.update('\n').update(raw)).digest('base64url')
}
