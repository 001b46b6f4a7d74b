import type { Queryable } from '../connection.ts'

/** One entry of a subject's story. `body` is its JSON text. */
export interface LogLine {
  seq: number
  at: number
  action: string
  actor: string
  body: string
}

/** A subject's log from its beginning, such as `bill:<id>`. */
export const readLog = (sql: Queryable, subject: string): Promise<LogLine[]> =>
  sql<LogLine[]>`select seq, at, action, actor, body from log where subject = ${subject} order by seq`
