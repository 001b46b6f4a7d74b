import { ProviderError } from '../../domain/errors.ts'

/**
 * What a call does: a `question` can be asked again, and so can whatever its key makes harmless to repeat. An `effect`
 * moves money or reaches a citizen; where its outcome is not known it must be asked for.
 */
export type CallKind = 'question' | 'effect'

export interface ProviderCall {
  readonly kind: CallKind
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: object
  readonly signal: AbortSignal
  /** Longer answers are given up, so that no provider can fill our memory. */
  readonly bytesMax?: number
}

export interface ProviderAnswer {
  readonly status: number
  /** Undefined where the text is not JSON to its end. */
  readonly body: unknown
  /** Milliseconds to wait, where the provider says so. */
  readonly retryAfter: number | undefined
  /** Milliseconds, the provider's clock; undefined where it did not say. */
  readonly date: number | undefined
}

const BYTES_MAX = 4 * 1024 * 1024

/** Failures of the network in which the request never left this machine. */
export const NEVER_SENT: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])
/** The provider's certificate is not one that we trust: somebody has to look. */
const UNTRUSTED: ReadonlySet<unknown> = new Set([
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/** An outcome that nobody knows: to be asked for after an effect, merely to be tried again after a question. */
export const uncertain = (kind: CallKind): 'unknown' | 'temporary' => (kind === 'effect' ? 'unknown' : 'temporary')

/** One call and its whole answer, whatever its status. @throws ProviderError where no whole answer came, and nothing else. */
export async function callProvider(call: ProviderCall): Promise<ProviderAnswer> {
  if (call.signal.aborted)
    throw new ProviderError('temporary', 'call_given_up', 'The call was given up before it began.', { cause: call.signal.reason })
  try {
    const response = await fetch(call.url, {
      method: call.method,
      headers: { accept: 'application/json', ...(call.body === undefined ? {} : { 'content-type': 'application/json' }), ...call.headers },
      body: call.body === undefined ? null : JSON.stringify(call.body),
      // A redirect would carry secrets and personal data to an address that nobody configured.
      redirect: 'manual',
      signal: call.signal,
    })
    const text = await readText(response, call.bytesMax ?? BYTES_MAX)
    const date = Date.parse(response.headers.get('date') ?? '')
    return {
      status: response.status,
      body: parseJson(text),
      retryAfter: retryAfterOf(response.headers.get('retry-after')),
      date: Number.isNaN(date) ? undefined : date,
    }
  } catch (error) {
    throw noAnswer(call, error)
  }
}

function noAnswer({ kind, signal }: ProviderCall, cause: unknown): ProviderError {
  const code = networkCode(cause)
  if (NEVER_SENT.has(code))
    return new ProviderError('temporary', 'provider_unreachable', 'The provider cannot be reached; nothing was sent.', { cause })
  if (UNTRUSTED.has(code))
    return new ProviderError('technical', 'certificate_untrusted', "The provider's certificate is not one that we trust.", { cause })
  if (signal.aborted) return new ProviderError(uncertain(kind), 'provider_timeout', 'The provider did not answer in time.', { cause })
  return new ProviderError(uncertain(kind), 'connection_broken', 'The connection to the provider broke.', { cause })
}

/** Reads no more than `limit` bytes, so that no answer can fill our memory. */
export async function readText(response: Response, limit: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > limit) throw new Error(`The answer is longer than ${limit} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Undefined where the text is not JSON to its end. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const retryAfterOf = (header: string | null): number | undefined => (/^[0-9]{1,6}$/.test(header ?? '') ? Number(header) * 1_000 : undefined)

/** `fetch` hides the system's error code in the cause; whoever gives up a call may give any reason, even none. */
export const networkCode = (error: unknown): unknown => (error as { cause?: { code?: unknown } } | null | undefined)?.cause?.code
