import type { Queryable } from '../connection.ts'

export interface LogHeadRow {
  readonly subject: string
  readonly seq: number
  readonly hash: Buffer
}

/** The head of every log that grew since `since` (milliseconds): its newest hash and, in `seq`, how many entries it has. */
export const headsSince = (sql: Queryable, since: number): Promise<LogHeadRow[]> =>
  sql<LogHeadRow[]>`
    select distinct on (subject) subject, seq, hash from log
    where subject in (select subject from log where at >= ${since})
    order by subject, seq desc`
