import { createHash } from 'node:crypto'
import { GojiError } from '../../domain/errors.ts'
import type { Sql, Tx } from '../connection.ts'
import { transaction } from '../unit/transaction.ts'

/** A request that carries an Idempotency-Key. */
export interface KeyedRequest {
  /** Whose key it is: keys of different credentials never meet. */
  readonly credential: string
  /** Method and path pattern. */
  readonly route: string
  readonly key: string
  /** Raw bytes of the request, with its path: the same key for anything else is refused. */
  readonly bytes: Buffer
}

export interface Answer {
  readonly status: number
  readonly body: string
}

/**
 * Does `work` once per key: its answer is stored in its own transaction, and a repetition gets that answer. Two at the
 * same time wait for each other. A refusal is not stored, so the same key may be tried again once its cause is gone.
 * @throws GojiError `idempotency_key_reused` (invalid) when the key came with another request before.
 */
export async function once(
  sql: Sql,
  request: KeyedRequest,
  now: number,
  work: (tx: Tx) => Promise<Answer>,
): Promise<Answer & { replayed: boolean }> {
  const sha256 = createHash('sha256').update(request.bytes).digest()
  const { credential, route, key } = request
  return transaction(sql, async (tx) => {
    const [, [known]] = await Promise.all([
      tx`select pg_advisory_xact_lock(hashtextextended(${`${credential}\n${route}\n${key}`}, 0))`,
      tx<{ request_sha256: Buffer; response_status: number; response_body: string }[]>`
        select request_sha256, response_status, response_body from idempotency_keys where credential = ${credential} and route = ${route} and key = ${key}`,
    ])
    if (known) {
      if (!known.request_sha256.equals(sha256)) {
        throw new GojiError(
          'invalid',
          'idempotency_key_reused',
          'This Idempotency-Key came with another request before. Use a new key for a new request.',
        )
      }
      return { status: known.response_status, body: known.response_body, replayed: true }
    }
    const answer = await work(tx)
    await tx`
      insert into idempotency_keys (credential, route, key, request_sha256, response_status, response_body, created_at)
      values (${credential}, ${route}, ${key}, ${sha256}, ${answer.status}, ${answer.body}, ${now})`
    return { ...answer, replayed: false }
  })
}
