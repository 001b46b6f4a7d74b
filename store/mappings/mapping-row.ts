import type { Queryable } from '../connection.ts'

/** How files of an institution are read, under a name. */
export interface MappingRow {
  name: string
  reading: unknown
  created_at: number
  changed_at: number
}

/** The mappings of an institution by name, from the one after `after`. */
export const listMappings = (sql: Queryable, institutionId: string, page: { after: string | null; limit: number }): Promise<MappingRow[]> =>
  sql<MappingRow[]>`
    select name, reading, created_at, changed_at from mappings
    where institution_id = ${institutionId} and ${page.after === null ? sql`true` : sql`name > ${page.after}`}
    order by name limit ${page.limit}`

/** One of them; null where there is none of the name. */
export async function readMapping(sql: Queryable, institutionId: string, name: string): Promise<MappingRow | null> {
  const [row] = await sql<MappingRow[]>`
    select name, reading, created_at, changed_at from mappings where institution_id = ${institutionId} and name = ${name}`
  return row ?? null
}
