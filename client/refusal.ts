import type { commonRefusals, refusals } from './schema.ts'

/** Every code that the API may refuse a request with; docs/errors.md says what each means and what helps. */
export type ErrorCode = commonRefusals | refusals[keyof refusals]

export interface RefusalParts {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly pointer?: string | undefined
  readonly requestId?: string | undefined
}

/** The API said no: a stable code, and the words of its problem+json as the message. */
export class ApiRefusal extends Error {
  readonly status: number
  /** One of `ErrorCode`, or one of a newer engine. */
  readonly code: string
  /** JSON pointer to the field at fault. */
  readonly pointer: string | undefined
  readonly requestId: string | undefined

  constructor({ status, code, detail, pointer, requestId }: RefusalParts) {
    super(detail)
    this.name = 'ApiRefusal'
    this.status = status
    this.code = code
    this.pointer = pointer
    this.requestId = requestId
  }

  /** Whether it was refused for one of these reasons: a code that the API does not have does not compile. */
  is(...codes: readonly ErrorCode[]): boolean {
    return (codes as readonly string[]).includes(this.code)
  }
}

/** Nobody answered, or somebody who is no Goji API. */
export class NoAnswer extends Error {
  readonly code: 'engine_unreachable' | 'answer_malformed'

  constructor(code: NoAnswer['code'], message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'NoAnswer'
    this.code = code
  }
}

/** Reads a refusal, whoever it came from: something in between answers in its own words. */
export function refusalOf(status: number, body: unknown): ApiRefusal {
  const { code, detail, pointer, requestId } = (typeof body === 'object' && body !== null ? body : {}) as Partial<Record<string, string>>
  if (code !== undefined && detail !== undefined) return new ApiRefusal({ status, code, detail, pointer, requestId })
  return new ApiRefusal({
    status,
    code: `http_${status}`,
    detail: `The address answered with the status ${status} and no reason. Is it that of a Goji API?`,
  })
}

/** An answer that says nothing in JSON, as whatever else listens at an address would give. */
export const malformed = (path: string, cause: unknown): NoAnswer =>
  new NoAnswer('answer_malformed', `The answer to ${path} is not JSON. Is this the address of a Goji API?`, cause)

/**
 * Reads what came of a request that `Goji` cannot make, such as one with a file in its body.
 * @throws ApiRefusal; NoAnswer.
 */
export async function readAnswer<T>(path: string, response: Response): Promise<T> {
  const words = await response.text().catch((error: unknown) => {
    throw new NoAnswer('engine_unreachable', `The answer to ${path} broke off. Try again.`, error)
  })
  let body: unknown
  try {
    body = JSON.parse(words)
  } catch (error) {
    // A refusal of something in between is HTML, and its status says enough.
    if (response.ok) throw malformed(path, error)
  }
  if (!response.ok) throw refusalOf(response.status, body)
  return body as T
}
