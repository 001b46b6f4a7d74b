import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { runToEnd, type TemporalServer } from './temporal-server.ts'

/** What a deployment runs too, once the tables of the visibility store are made. */
const UNUSED_INDEXES = new URL('../../deploy/temporal/visibility.sql', import.meta.url)
const VISIBILITY = 'temporal_visibility'

/** Makes the two databases of a Temporal server, its own and that of its visibility, as deployments have them. */
export async function makeTemporalDatabases(
  admin: URL,
  { tool, source, environment }: Pick<TemporalServer, 'tool' | 'source'> & { environment: NodeJS.ProcessEnv },
): Promise<void> {
  const login = ['--plugin', 'postgres12', '--ep', admin.hostname, '-p', admin.port, '-u', admin.username]
  const make = async (name: string, schema: string): Promise<void> => {
    await run(admin, `create database ${name}`)
    const base = [...login, '--pw', decodeURIComponent(admin.password), '--db', name]
    runToEnd(tool, [...base, 'setup-schema', '-v', '0.0'], environment)
    runToEnd(tool, [...base, 'update-schema', '-d', join(source, 'schema/postgresql/v12', schema, 'versioned')], environment)
  }
  await make('temporal', 'temporal')
  await make(VISIBILITY, 'visibility')
  await run(new URL(`/${VISIBILITY}`, admin), readFileSync(UNUSED_INDEXES, 'utf8'))
}

async function run(database: URL, statement: string): Promise<void> {
  const sql = postgres(database.href, { max: 1, onnotice: () => undefined })
  await sql.unsafe(statement)
  await sql.end()
}
