import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import Postgrator from 'postgrator'
import { machines } from '../domain/states/index.ts'
import { dropViews, installViews } from './invariants/install.ts'

/** Any number, the same in every process: the advisory lock that lets one process migrate while the others wait. */
const MIGRATION_LOCK = 7_010_411

/**
 * Brings the database to the current schema and writes the state tables of the domain and the views of the invariants into
 * it. Safe when several processes start at once. `url` is a login that may create roles and schemas.
 */
export async function migrate(url: string): Promise<{ applied: number }> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connection: { application_name: 'goji-migrate', timezone: 'UTC' } })
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`
    const postgrator = new Postgrator({
      migrationPattern: fileURLToPath(new URL('./migrations/*', import.meta.url)),
      driver: 'pg',
      schemaTable: 'public.goji_schema_version',
      execQuery: async (query) => ({ rows: await sql.unsafe(query) }),
    })
    if ((await postgrator.getMaxVersion()) > (await versionOf(sql))) await dropViews(sql)
    const applied = await postgrator.migrate()
    await writeStateTables(sql)
    await installViews(sql)
    return { applied: applied.length }
  } finally {
    await sql.end()
  }
}

async function versionOf(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ there: boolean }[]>`select to_regclass('public.goji_schema_version') is not null as there`
  if (row?.there !== true) return 0
  const [newest] = await sql<{ version: number }[]>`select max(version)::int as version from public.goji_schema_version`
  return newest?.version ?? 0
}

async function writeStateTables(sql: postgres.Sql): Promise<void> {
  const initial = machines.map(({ name, initial: state }) => ({ machine: name, state }))
  const edges = machines.flatMap(({ name, table }) =>
    Object.entries(table).flatMap(([from, moves]) =>
      Object.entries(moves).map(([event, to]) => ({ machine: name, from_state: from, event, to_state: to as string })),
    ),
  )
  await sql.begin(async (tx) => {
    await tx`delete from goji.transitions`
    await tx`delete from goji.initial_states`
    await tx`insert into goji.initial_states ${tx(initial)}`
    await tx`insert into goji.transitions ${tx(edges)}`
  })
}
