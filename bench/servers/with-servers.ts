import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DataFolder } from '../../cli/stack/data-folder.ts'
import { Ports } from '../../cli/stack/ports.ts'
import { startPostgres } from '../../cli/stack/postgres.ts'
import { Children } from '../../cli/stack/process.ts'
import { type Driver, startTemporalOnPostgres } from './temporal-on-postgres.ts'

export interface Servers {
  /** A folder for what is made meanwhile; it goes with the servers. */
  readonly folder: string
  readonly databaseUrl: string
  readonly temporalAddress: string
  readonly pids: { readonly postgres: number; readonly temporal: number }
}

export interface ServersOptions {
  readonly environment: NodeJS.ProcessEnv
  readonly note: (line: string) => void
  readonly driver?: Driver
}

const PATIENCE_MS = 120_000

/** Starts a PostgreSQL and a Temporal server on it, does `work`, and takes both down again, whatever came of it. */
export async function withServers<T>(options: ServersOptions, work: (servers: Servers) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'goji-bench-'))
  const data = DataFolder.open(join(folder, 'servers'))
  const children = new Children(data.folder('logs'), () => undefined)
  try {
    const ports = new Ports(data.file('ports.json'))
    const database = await startPostgres({ ...options, data, children, ports, signal: AbortSignal.timeout(PATIENCE_MS) })
    const temporal = await startTemporalOnPostgres({ ...options, databaseUrl: database.url, folder: data.folder('temporal'), children })
    const pids = { postgres: database.child.pid, temporal: temporal.child.pid }
    return await work({ folder, databaseUrl: database.url, temporalAddress: temporal.address, pids })
  } finally {
    await children.stopAll(() => undefined)
    rmSync(folder, { recursive: true, force: true })
  }
}
