import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import Postgrator from 'postgrator'
import { machines } from '../domain/states/index.ts'

/** Any number, the same in every process: the advisory lock that lets one process migrate while the others wait. */
const MIGRATION_LOCK = 7_010_411

/**
 * Brings the database to the current schema and writes the state tables of the domain into it. Safe when several
 * processes start at once. `url` is a login that may create roles and schemas.
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
    const applied = await postgrator.migrate()
    await writeStateTables(sql)
    return { applied: applied.length }
  } finally {
    await sql.end()
  }
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
