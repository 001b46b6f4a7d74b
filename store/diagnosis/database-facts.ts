import { readdirSync } from 'node:fs'
import type { Queryable } from '../connection.ts'

export interface DatabaseFacts {
  /** Of the server, such as `18.4`. */
  readonly version: string
  /** The newest migration that the database has, and the newest that this program has. */
  readonly schema: number
  readonly expected: number
  /** The database's own time, in milliseconds. */
  readonly at: number
  readonly bytes: bigint
}

/** What the database says of itself. */
export async function databaseFacts(sql: Queryable): Promise<DatabaseFacts> {
  const [row] = await sql<{ version: string; schema: number; at: number; bytes: bigint }[]>`
    select current_setting('server_version') as version, (select max(version)::int from public.goji_schema_version) as schema,
      clock_timestamp() as at, pg_database_size(current_database()) as bytes`
  if (!row) throw new Error('the database answered nothing')
  return { ...row, expected: newestMigration() }
}

/** The number of the newest file of the migrations. */
function newestMigration(): number {
  const files = readdirSync(new URL('../migrations/', import.meta.url))
  return Math.max(...files.map((name) => Number(/^(\d+)\.do\./.exec(name)?.[1] ?? 0)))
}
