import { addressOf } from './counterpart.ts'
import { administer, databaseUrl, newName } from './template.ts'

export interface TestDatabase {
  /** Of the administrator's login; `connect` of the store takes on the application's role. */
  readonly url: string
  drop(): Promise<void>
}

/**
 * A database of its own for a test file, at the current schema: `const { url, drop } = await withDatabase()`.
 * @throws Error when PostgreSQL cannot be had here; `reasonMissing('postgres')` says so beforehand.
 */
export async function withDatabase(): Promise<TestDatabase> {
  const template = await addressOf('postgres')
  const name = newName('test')
  const server = databaseUrl(template, 'postgres')
  await administer(server, (sql) => sql`create database ${sql(name)} template ${sql(new URL(template).pathname.slice(1))}`)
  return {
    url: databaseUrl(template, name),
    drop: () => administer(server, (sql) => sql`drop database ${sql(name)} with (force)`),
  }
}
