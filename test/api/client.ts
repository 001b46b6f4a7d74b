import { randomUUID } from 'node:crypto'
import { endpoints } from '../../api/endpoints.ts'

/** What tests look into by name. Whether an answer has it was checked against its schema before it gets to them. */
export interface Body {
  readonly id: string
  readonly code: string
  readonly pointer?: string
  readonly status: string | number
  readonly state: string
  readonly result: string
  readonly action: string
  readonly channel: string | null
  readonly slug: string
  readonly name: string
  readonly hash: string
  readonly readAt: string | null
  readonly requestId: string
  readonly paused: boolean
  readonly url: string | null
  readonly secret: string
  readonly nextCursor: string | null
  readonly policy: { readonly name: string; readonly version: number }
  readonly key: Body
  readonly institution: Body
  readonly next: Body
  readonly links: { readonly pay: string | null }
  readonly data: readonly Body[]
  readonly steps: readonly Body[]
  readonly bills: readonly Body[]
  readonly deliveries: readonly Body[]
  readonly institutions: readonly Body[]
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: Body
}

export interface Asked {
  readonly key?: string | undefined
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** A new one where nothing is said; null sends none. */
  readonly idempotencyKey?: string | null
}

/**
 * Asks the API over HTTP. Whatever it answers has to be what the reference says: the body of a success fits its schema,
 * a refusal is problem+json, and nothing tells of our insides.
 */
export async function ask(
  url: string,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD',
  path: string,
  asked: Asked = {},
): Promise<Answer> {
  const { key, body, headers = {}, idempotencyKey = randomUUID() } = asked
  const isText = typeof body === 'string' || body instanceof Uint8Array
  const response = await fetch(new URL(path, url), {
    method,
    redirect: 'manual',
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(method === 'POST' && idempotencyKey !== null ? { 'idempotency-key': idempotencyKey } : {}),
      ...(body === undefined || headers['content-type'] !== undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const answer = { status: response.status, headers: response.headers, text, body: (text === '' ? null : JSON.parse(text)) as Body }
  checkAnswer(method, new URL(path, url).pathname, answer)
  return answer
}

function checkAnswer(method: string, path: string, { status, headers, text, body }: Answer): void {
  if (status >= 400) {
    // The readiness check answers what is down, which is no problem of the request.
    if (path === '/readyz') return
    if (!headers.get('content-type')?.startsWith('application/problem+json'))
      throw new Error(`${method} ${path} answered ${status} as ${headers.get('content-type')}`)
    if (body.status !== status || typeof body.code !== 'string' || body.requestId !== headers.get('x-request-id'))
      throw new Error(`not a problem: ${text}`)
    if (/\bat .*\.ts:\d|node_modules|select |insert /.test(text)) throw new Error(`tells of our insides: ${text}`)
    return
  }
  const endpoint = endpoints.find(
    (one) => one.method === method.toLowerCase() && new RegExp(`^${one.path.replace(/\{[a-z]+\}/g, '[^/]+')}$`).test(path),
  )
  const documented = endpoint?.answers[status]
  if (endpoint && !documented) throw new Error(`${method} ${path} answered ${status}, which the reference does not know`)
  documented?.schema.parse(body)
}
