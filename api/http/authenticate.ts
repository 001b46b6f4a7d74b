import type { RequestHandler } from 'express'
import { type Limits, MISS_POINTS } from '../../composition/limits/limits.ts'
import type { Root } from '../../composition/root.ts'
import { GojiError } from '../../domain/errors.ts'
import type { Scope } from '../../store/keys/insert-api-key.ts'
import { keyedHash } from '../../store/keys/keyed-hash.ts'
import { type KeyUse, useApiKey } from '../../store/keys/use-api-key.ts'
import { localsOf } from './locals.ts'
import { parseQuery } from './query.ts'

const BEARER = /^Bearer (goji_(?:test|live)_[A-Za-z0-9_-]{43})$/

/**
 * Lets through a key in force that has one of `scopes`, or `operator`, which has all. Only who holds the whole of a key
 * hears that it has ended. A key in force is counted by itself, and whoever has none by the network.
 * @throws GojiError `key_missing`, `key_unknown`, `key_expired`, `key_revoked` (unauthorized), `scope_missing` (forbidden);
 * LimitError `rate_limited`; RequestError `key_in_url`.
 */
export function authenticate(
  { sql, clock, config }: Pick<Root, 'sql' | 'clock' | 'config'>,
  limits: Limits,
  scopes: readonly Scope[],
): RequestHandler {
  return async (req, res, next) => {
    parseQuery(req.originalUrl)
    const header = req.headers.authorization
    if (header === undefined) {
      await limits.useAddress(req.ip)
      throw new GojiError('unauthorized', 'key_missing', 'Send your API key as "Authorization: Bearer …".')
    }
    const sent = BEARER.exec(header)?.[1]
    const use: KeyUse =
      sent === undefined ? { outcome: 'unknown' } : await useApiKey(sql, keyedHash(config.GOJI_PEPPER, 'apiKey', sent), clock.now())
    if (use.outcome !== 'inForce') {
      await limits.useAddress(req.ip, use.outcome === 'unknown' ? MISS_POINTS : 1)
      throw refusalOf(use)
    }
    const { key } = use
    localsOf(res).caller = key
    await limits.useKey(key.id)
    if (!key.scopes.some((scope) => scope === 'operator' || scopes.includes(scope))) {
      throw new GojiError(
        'forbidden',
        'scope_missing',
        `This needs a key with the scope ${scopes.map((scope) => `"${scope}"`).join(' or ')}.`,
      )
    }
    next()
  }
}

function refusalOf(use: Exclude<KeyUse, { outcome: 'inForce' }>): GojiError {
  if (use.outcome === 'unknown')
    return new GojiError('unauthorized', 'key_unknown', 'The API key is not one of ours. Check that it is sent whole.')
  const at = new Date(use.at).toISOString()
  return use.outcome === 'expired'
    ? new GojiError('unauthorized', 'key_expired', `The API key has expired at ${at}. Ask the platform for another one.`)
    : new GojiError('unauthorized', 'key_revoked', `The API key was ended at ${at}. Ask the platform for another one.`)
}
