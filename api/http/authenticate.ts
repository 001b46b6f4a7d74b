import type { RequestHandler } from 'express'
import type { Root } from '../../composition/root.ts'
import { GojiError } from '../../domain/errors.ts'
import { findApiKey } from '../../store/keys/find-api-key.ts'
import type { Scope } from '../../store/keys/insert-api-key.ts'
import { keyedHash } from '../../store/keys/keyed-hash.ts'
import { localsOf } from './locals.ts'
import { parseQuery } from './query.ts'

const BEARER = /^Bearer (goji_(?:test|live)_[A-Za-z0-9_-]{43})$/

/**
 * Lets through a key in force that has one of `scopes`, or `operator`, which has all. An unknown, an expired and a
 * revoked key get the same words.
 * @throws GojiError `key_missing`, `key_unknown` (unauthorized), `scope_missing` (forbidden); RequestError `key_in_url`.
 */
export function authenticate({ sql, clock, config }: Pick<Root, 'sql' | 'clock' | 'config'>, scopes: readonly Scope[]): RequestHandler {
  return async (req, res, next) => {
    parseQuery(req.originalUrl)
    const header = req.headers.authorization
    if (header === undefined) throw new GojiError('unauthorized', 'key_missing', 'Send your API key as "Authorization: Bearer …".')
    const key = BEARER.exec(header)?.[1]
    const caller = key === undefined ? null : await findApiKey(sql, keyedHash(config.GOJI_PEPPER, 'apiKey', key), clock.now())
    if (caller === null) throw new GojiError('unauthorized', 'key_unknown', 'The API key is not one of ours, has expired or was revoked.')
    localsOf(res).caller = caller
    if (!caller.scopes.some((scope) => scope === 'operator' || scopes.includes(scope))) {
      throw new GojiError(
        'forbidden',
        'scope_missing',
        `This needs a key with the scope ${scopes.map((scope) => `"${scope}"`).join(' or ')}.`,
      )
    }
    next()
  }
}
