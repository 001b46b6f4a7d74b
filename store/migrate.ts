import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import Postgrator from 'postgrator'
import { machines } from '../domain/states/index.ts'
import { dropViews, installViews } from './invariants/install.ts'

type Queryable = postgres.Sql | postgres.TransactionSql

/** Any number, the same in every process: the advisory lock that lets one process migrate while the others wait. */
const MIGRATION_LOCK = 7_010_411

/** What bounds a migration beside running traffic. */
export interface Patience {
  /** How long a statement waits for a lock, and so how long whoever queues behind it waits with it. */
  readonly lockMs: number
  /** Tries in all, with a pause after each in which the queue empties. */
  readonly attempts: number
  readonly pauseMs: number
}

/** The application gives a lock up after ten seconds, so no request is refused for a migration that waits two. */
const PATIENCE: Patience = { lockMs: 2_000, attempts: 30, pauseMs: 1_000 }
const FOLDER = fileURLToPath(new URL('./migrations', import.meta.url))

/**
 * Brings the database to the current schema and writes the state tables of the domain and the views of the invariants into
 * it. Safe when several processes start at once, and while others work: it gives up rather than hold them up, and what it
 * has not finished is as if it had never begun. `url` is a login that may create roles and schemas.
 * @throws Error when a table was never free; `prepare` may be run again at any time.
 */
export async function migrate(url: string, { folder = FOLDER, patience = PATIENCE } = {}): Promise<{ applied: number }> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connection: { application_name: 'goji-migrate', timezone: 'UTC' } })
  try {
    // Whoever comes second waits for the first, as long as that takes.
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`
    await sql`select set_config('lock_timeout', ${String(patience.lockMs)}, false)`
    const pending = await pendingMigrations(sql, folder)
    for (const [index, version] of pending.entries()) await patiently(patience, () => apply(sql, folder, version, index === 0))
    await patiently(patience, () => writeStateTables(sql))
    await patiently(patience, () => installViews(sql))
    return { applied: pending.length }
  } finally {
    await sql.end()
  }
}

/** A migration and the note that it was applied are one transaction, so a process that dies leaves both or neither. */
async function apply(sql: postgres.Sql, folder: string, version: number, isFirst: boolean): Promise<void> {
  await sql.begin(async (tx) => {
    if (isFirst) await dropViews(tx)
    await postgratorOf(tx, folder).migrate(String(version))
  })
}

const postgratorOf = (sql: Queryable, folder: string): Postgrator =>
  new Postgrator({
    migrationPattern: `${folder}/*`,
    driver: 'pg',
    schemaTable: 'public.goji_schema_version',
    execQuery: async (query) => ({ rows: await sql.unsafe(query) }),
  })

/** @throws Error for a file that is older than what the database has: it would be passed over in silence, for ever. */
async function pendingMigrations(sql: postgres.Sql, folder: string): Promise<number[]> {
  const files = (await postgratorOf(sql, folder).getMigrations()).map(({ version }) => version).sort((a, b) => a - b)
  const [row] = await sql<{ there: boolean }[]>`select to_regclass('public.goji_schema_version') is not null as there`
  if (row?.there !== true) return files
  const applied = await sql<{ version: number }[]>`select version::int from public.goji_schema_version`
  const newest = Math.max(0, ...applied.map(({ version }) => version))
  const passedOver = files.find((version) => version <= newest && !applied.some((one) => one.version === version))
  if (passedOver !== undefined)
    throw new Error(`Migration ${passedOver} was never applied, and the database is at ${newest} already. Give the file a higher number.`)
  return files.filter((version) => version > newest)
}

/** SQLSTATEs of what passes: a lock that was not to be had, and two who waited for each other. */
const PASSING = ['55P03', '40P01']

async function patiently({ attempts, pauseMs }: Patience, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (cause) {
      if (!(cause instanceof postgres.PostgresError) || !PASSING.includes(cause.code)) throw cause
      if (attempt >= attempts)
        throw new Error(
          `The migration gave up: a table was in use at each of ${attempts} tries. Nothing is half done. End the long transaction (pg_stat_activity names it), or migrate in a quieter hour.`,
          { cause },
        )
      await setTimeout(pauseMs)
    }
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
