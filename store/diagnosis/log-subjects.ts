import type { Queryable } from '../connection.ts'
import type { LogRow } from '../log/append-log.ts'
import type { LogHeadRow } from '../log/heads-since.ts'
import { type LogFlaw, verifyLog } from '../log/verify.ts'

/** Subjects whose logs grew last. */
export async function newestSubjects(sql: Queryable, limit: number): Promise<string[]> {
  const rows = await sql<{ subject: string }[]>`
    select distinct subject from (select subject from log order by at desc limit ${limit}) newest`
  return rows.map(({ subject }) => subject)
}

/** Subjects in their order, from the one after `after`. */
export async function nextSubjects(sql: Queryable, after: string, limit: number): Promise<string[]> {
  const rows = await sql<{ subject: string }[]>`
    select subject from log where seq = 1 and subject > ${after} order by subject limit ${limit}`
  return rows.map(({ subject }) => subject)
}

/** Verifies whole logs; those of bills also against the heads that the bills' rows keep, which shows a tail that was cut off. */
export async function verifySubjects(sql: Queryable, subjects: readonly string[]): Promise<{ entries: number; flaws: LogFlaw[] }> {
  const billIds = subjects.filter((subject) => subject.startsWith('bill:')).map((subject) => subject.slice('bill:'.length))
  const heads = await sql<LogHeadRow[]>`
    select 'bill:' || id as subject, log_seq as seq, log_hash as hash from bills where id = any(${billIds}) and log_hash is not null`
  // Read after the heads: what is written in between makes a log longer than its head, and never shorter.
  const rows = await sql<LogRow[]>`
    select subject, seq, at, action, actor, body, previous_hash, hash from log where subject = any(${subjects as string[]}) order by subject, seq`
  return { entries: rows.length, flaws: verifyLog(rows, heads) }
}

/** Bills in their order, from the one after `after`, whose newest entry is not in the log: all of it may have been taken out. */
export async function lostLogs(
  sql: Queryable,
  after: string,
  limit: number,
): Promise<{ bills: number; last: string | null; flaws: LogFlaw[] }> {
  const rows = await sql<{ id: string; seq: number; there: boolean }[]>`
    select b.id, b.log_seq as seq, b.log_hash is null
        or exists (select from log l where l.subject = 'bill:' || b.id and l.seq = b.log_seq and l.hash = b.log_hash) as there
    from bills b where b.id > ${after} order by b.id limit ${limit}`
  const flaws = rows.filter(({ there }) => !there).map(({ id, seq }) => ({ subject: `bill:${id}`, seq, flaw: 'missing' as const }))
  return { bills: rows.length, last: rows.at(-1)?.id ?? null, flaws }
}
