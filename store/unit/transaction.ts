import type { PendingQuery, Row } from 'postgres'
import type { Sql, Tx } from '../connection.ts'

/** Serialization failure and deadlock: the server undid everything, so the whole transaction may simply run again. */
const RETRYABLE = new Set(['40001', '40P01'])
const ATTEMPTS_MAX = 3

/** Statements that were sent without waiting, by the transaction they belong to. */
const unawaited = new WeakMap<Tx, Promise<unknown>[]>()

/**
 * Runs `work` in one transaction and answers after the commit. `work` may run again, so it has no effect outside.
 * @throws whatever a statement threw, also one sent by `send`; nothing is written then.
 */
export async function transaction<T>(sql: Sql, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(sql, work)
    } catch (error) {
      const code = (error as { code?: unknown }).code
      if (attempt === ATTEMPTS_MAX || typeof code !== 'string' || !RETRYABLE.has(code)) throw error
    }
  }
}

async function runOnce<T>(sql: Sql, work: (tx: Tx) => Promise<T>): Promise<T> {
  const statements: Promise<unknown>[] = []
  const result = (await sql.begin((tx) => {
    unawaited.set(tx, statements)
    return work(tx)
  })) as T
  // Where one of them failed the server answered the commit with a rollback: its error comes out here.
  await Promise.all(statements)
  return result
}

/**
 * Sends a statement whose result nobody needs, without waiting for it: the next ones, and the commit, follow in the
 * same packet, which saves a round trip each. The server works them off in order, so later reads see it, and its
 * failure fails the transaction.
 */
export function send(tx: Tx, statement: PendingQuery<Row[]>): void {
  const sent = Promise.resolve(statement.execute())
  sent.catch(() => undefined)
  const statements = unawaited.get(tx)
  if (statements === undefined) throw new Error('send() belongs inside transaction()')
  statements.push(sent)
}
