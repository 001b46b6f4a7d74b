import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findPostgres } from '../../cli/stack/postgres-binaries.ts'
import { administer, databaseUrl } from './template.ts'

/** Where `pg_dump` and `pg_restore` are, of the version that the tests' own server is; undefined where it came without them. */
export function pgTools(): string | undefined {
  const [found] = findPostgres(process.env['PATH'] ?? '')
  return found !== undefined && existsSync(join(found.folder, 'pg_restore')) ? found.folder : undefined
}

/** `pg_dump --format=custom`, while everything goes on. */
export const dump = (url: string, file: string): Promise<void> => run('pg_dump', ['--format=custom', `--file=${file}`, url])

/** Drops the database, whoever is connected, and puts the copy in its place under the same name. */
export async function restore(url: string, file: string): Promise<void> {
  const name = new URL(url).pathname.slice(1)
  await administer(databaseUrl(url, 'postgres'), async (sql) => {
    await sql`drop database ${sql(name)} with (force)`
    await sql`create database ${sql(name)}`
  })
  await run('pg_restore', ['--exit-on-error', `--dbname=${url}`, file])
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(join(pgTools() ?? '', program), args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (data: Buffer) => (said += data.toString()))
  const [code] = (await once(child, 'close')) as [number]
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said}`)
}
