/** Codes of Node and undici, by what they mean to whoever has to repair an endpoint. */
const CLASSES: readonly (readonly [string, RegExp])[] = [
  ['forbiddenAddress', /^FORBIDDEN_ADDRESS$/],
  ['timeout', /TIMEOUT|TIMEDOUT|^TimeoutError$|^AbortError$/],
  ['nameNotFound', /^(?:ENOTFOUND|EAI_AGAIN|EAI_FAIL|ENODATA)$/],
  ['refused', /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN)$/],
  ['reset', /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/],
  ['tls', /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|EPROTO)/],
  ['malformedAnswer', /^(?:HPE_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES)/],
]

/** As much of an error as says what kind it is; one may lie inside another. */
interface Coded {
  readonly code?: unknown
  readonly name?: unknown
  readonly cause?: Coded
  readonly errors?: readonly Coded[]
}

/** What went wrong with a call, in one word. */
export function classOf(error: unknown): string {
  for (let inner = error as Coded | undefined; inner; inner = inner.cause ?? inner.errors?.[0]) {
    for (const word of [inner.code, inner.name]) {
      const found = CLASSES.find(([, pattern]) => typeof word === 'string' && pattern.test(word))
      if (found) return found[0]
    }
  }
  return 'failed'
}
