import type { Queryable } from '../connection.ts'
import type { LogHeadRow } from './heads-since.ts'

/** Subjects of these heads that the log does not have as they were: a tail was lost, or other entries stand in its place. */
export async function lostHeads(sql: Queryable, heads: readonly LogHeadRow[]): Promise<string[]> {
  const rows = await sql<{ subject: string }[]>`
    select h.subject from unnest(${heads.map(({ subject }) => subject)}::text[], ${heads.map(({ seq }) => seq)}::int[],
      ${heads.map(({ hash }) => hash.toString('hex'))}::text[]) as h(subject, seq, hash)
    where not exists (select from log l where l.subject = h.subject and l.seq = h.seq and l.hash = decode(h.hash, 'hex')) order by 1`
  return rows.map(({ subject }) => subject)
}
