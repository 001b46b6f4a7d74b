import { createHash } from 'node:crypto'
import { type GojiOptions, NoAnswer } from '../client/index.ts'
import { refusalOf } from '../client/refusal.ts'
import { Transport } from '../client/transport.ts'

export { ApiRefusal } from '../client/index.ts'

type Query = Readonly<Record<string, string | number | undefined>>

/** The API by paths in words. `Goji` in client/ is the typed one, and the one to use. */
export class Client {
  readonly #options: GojiOptions
  readonly #transport: Transport

  constructor(options: GojiOptions) {
    this.#options = options
    this.#transport = new Transport(options)
  }

  get<Answer>(path: string, query: Query = {}): Promise<Answer> {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
    return this.#send<Answer>('GET', search.size === 0 ? path : `${path}?${search.toString()}`)
  }

  post<Answer>(path: string, body: unknown, occasion = ''): Promise<Answer> {
    const words = `${path}\n${JSON.stringify(body)}\n${occasion}`
    return this.#send<Answer>('POST', path, body, createHash('sha256').update(words).digest('base64url'))
  }

  async #send<Answer>(method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<Answer> {
    const { url, key } = this.#options
    const response = await this.#transport.fetch(
      new Request(`${url}/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        },
        body: body === undefined ? null : JSON.stringify(body),
      }),
    )
    const answer: unknown = await response.json().catch(() => undefined)
    if (!response.ok) throw refusalOf(response.status, answer)
    if (answer === undefined)
      throw new NoAnswer('answer_malformed', `The answer to ${path} is not JSON. Is this the address of a Goji API?`)
    return answer as Answer
  }
}
