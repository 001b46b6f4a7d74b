import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { conflict } from '../../domain/errors.ts'
import { commandLine, processIdentity } from './process-identity.ts'

/**
 * After kill -9 a server leaves the name of its process behind. It recognises by itself that the process is gone, but
 * not that another program has been given its number since. A server that really still runs there is left alone.
 * @throws GojiError `postgres_running`.
 */
export function removeStalePid(cluster: string): void {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
  if (processIdentity(pid) !== null && commandLine(pid).includes(cluster)) {
    throw conflict(
      'postgres_running',
      `A PostgreSQL that this start does not know runs on ${cluster} (process ${pid}). Stop it: kill -INT ${pid}`,
    )
  }
  rmSync(file)
}
