import type { Sql, Tx } from '../connection.ts'

/** Serialization failure and deadlock: the server undid everything, so the whole transaction may simply run again. */
const RETRYABLE = new Set(['40001', '40P01'])
const ATTEMPTS_MAX = 3

/** Runs `work` in one transaction and answers after the commit. `work` may run again, so it has no effect outside. */
export async function transaction<T>(sql: Sql, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await sql.begin((tx) => work(tx))) as T
    } catch (error) {
      const code = (error as { code?: unknown }).code
      if (attempt === ATTEMPTS_MAX || typeof code !== 'string' || !RETRYABLE.has(code)) throw error
    }
  }
}
