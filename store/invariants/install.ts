import type postgres from 'postgres'
import { invariants } from './definitions.ts'

/** Views hold on to the columns that they read, so a migration could not change those: it finds no views. */
export const dropViews = async (sql: postgres.Sql | postgres.TransactionSql): Promise<void> =>
  void (await sql`drop schema if exists goji_invariants cascade`)

/**
 * Writes the views as this program has them, whatever stood there: one that was changed reaches an old database, one that
 * somebody emptied is whole again, and one that there no longer is goes.
 */
export async function installViews(sql: postgres.Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local client_min_messages = warning`
    await tx`create schema if not exists goji_invariants`
    await tx`grant usage on schema goji_invariants to goji_app, goji_checker`
    await tx`set local search_path = goji`
    const strays = await tx<{ name: string }[]>`
      select viewname as name from pg_views where schemaname = 'goji_invariants' and viewname <> all (${invariants().map(({ name }) => name)})`
    for (const { name } of strays) await tx`drop view goji_invariants.${tx(name)}`
    for (const { name, says, query } of invariants()) {
      await tx.unsafe(`create or replace view goji_invariants.${name} as ${query}`)
      await tx.unsafe(`comment on view goji_invariants.${name} is '${says.replaceAll("'", "''")}'`)
    }
    await tx`grant select on all tables in schema goji_invariants to goji_app, goji_checker`
  })
}
