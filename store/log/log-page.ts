import type { Queryable } from '../connection.ts'

/** One entry of a subject's log with what it takes to verify the chain. `body` is its JSON text. */
export interface ChainedLine {
  seq: number
  at: number
  action: string
  actor: string
  body: string
  previous_hash: Buffer | null
  hash: Buffer
}

/** A page of a subject's log, in its order, after the entry `after`. */
export const logPage = (sql: Queryable, subject: string, page: { after: number; limit: number }): Promise<ChainedLine[]> =>
  sql<ChainedLine[]>`
    select seq, at, action, actor, body, previous_hash, hash from log where subject = ${subject} and seq > ${page.after} order by seq limit ${page.limit}`
