import { ProviderError, type ProviderFailureKind } from '../../../domain/errors.ts'

/** What went wrong with one call: the relay answered with something else than success, or no whole answer came. */
export type Failure =
  | { readonly kind: 'answer'; readonly status: number; readonly code?: string | undefined; readonly retryAfterMs?: number | undefined }
  | { readonly kind: 'malformed'; readonly status: number; readonly cause?: unknown }
  | { readonly kind: 'broken'; readonly code: string; readonly cause: unknown }

/** The relay's own refusals of one citizen: repeating is no use, the next channel is due. */
const REFUSED: ReadonlySet<string> = new Set(['recipient_unknown', 'consent_missing', 'recipient_blocked'])

/** HTTP statuses that say for certain that nothing happened, or not yet. All other 4xx are a mistake of ours. */
const STATUS_KINDS: Readonly<Record<number, ProviderFailureKind>> = {
  408: 'temporary',
  409: 'temporary',
  425: 'temporary',
  429: 'temporary',
  503: 'temporary',
}

/** Ways in which a connection fails before a byte of the request has left. Any other break may come after the effect. */
const UNSENT: Readonly<Record<string, ProviderFailureKind>> = {
  ECONNREFUSED: 'temporary',
  EHOSTUNREACH: 'temporary',
  ENETUNREACH: 'temporary',
  EAI_AGAIN: 'temporary',
  UND_ERR_CONNECT_TIMEOUT: 'temporary',
  ENOTFOUND: 'technical',
  CERT_HAS_EXPIRED: 'technical',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'technical',
  SELF_SIGNED_CERT_IN_CHAIN: 'technical',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'technical',
  ERR_TLS_CERT_ALTNAME_INVALID: 'technical',
}

/** The kind of a failure, as if the call had an effect that may have happened. */
export function kindOf(failure: Failure): ProviderFailureKind {
  switch (failure.kind) {
    case 'broken':
      return UNSENT[failure.code] ?? 'unknown'
    case 'malformed':
      return 'unknown'
    case 'answer':
      if (failure.code !== undefined && REFUSED.has(failure.code)) return 'permanent'
      return STATUS_KINDS[failure.status] ?? (failure.status >= 500 ? 'unknown' : 'technical')
  }
}

/**
 * The only place where this adapter makes an error of a failed call. A question (`effect` false) changes nothing, so
 * what would be `unknown` for a delivery is merely `temporary` for it. The message holds nothing that the relay wrote.
 */
export function toProviderError(relay: string, effect: boolean, failure: Failure): ProviderError {
  const kind = kindOf(failure)
  const settled = kind === 'unknown' && !effect ? 'temporary' : kind
  if (failure.kind === 'broken') {
    return new ProviderError(settled, 'connection_broken', `The connection to the relay ${relay} broke (${failure.code}).`, {
      cause: failure.cause,
    })
  }
  if (failure.kind === 'malformed') {
    return new ProviderError(
      settled,
      'answer_malformed',
      `The relay ${relay} answered ${failure.status} with a body that is not in the protocol.`,
      { cause: failure.cause },
    )
  }
  return new ProviderError(
    settled,
    failure.code ?? `http_${failure.status}`,
    `The relay ${relay} answered ${failure.status}.`,
    failure.retryAfterMs === undefined ? {} : { retryAfter: failure.retryAfterMs },
  )
}
