import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { migrate } from '../../store/migrate.ts'

/** The same server's other database. */
export function databaseUrl(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

/** Runs one administrative statement on a connection of its own. */
export async function administer(url: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    await work(sql)
  } finally {
    await sql.end()
  }
}

export const newName = (kind: string): string => `goji_${kind}_${randomBytes(6).toString('hex')}`

/** Makes a migrated database that others are cloned from, and answers its URL. A clone takes a tenth of the time. */
export async function makeTemplate(serverUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = newName('template')
  await administer(serverUrl, (sql) => sql`create database ${sql(name)}`)
  await migrate(databaseUrl(serverUrl, name))
  return {
    url: databaseUrl(serverUrl, name),
    drop: () => administer(serverUrl, (sql) => sql`drop database ${sql(name)} with (force)`),
  }
}
