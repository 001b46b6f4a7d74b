import { spawnSync } from 'node:child_process'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

export const TEMPORAL_SERVER_VERSION = 'v1.29.1'
const MODULE = 'go.temporal.io/server'
const BUILD_TIMEOUT_MS = 1_200_000

export interface TemporalServer {
  readonly server: string
  /** Makes and updates its tables. */
  readonly tool: string
  /** The module's source, in which the tables are described. */
  readonly source: string
}

/** Runs a command to its end and answers what it printed. @throws Error with the end of what it complained of. */
export function runToEnd(command: string, args: readonly string[], env: NodeJS.ProcessEnv): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: BUILD_TIMEOUT_MS, env })
  if (status !== 0) throw new Error(`${command} ${args[0]} failed: ${error?.message ?? stderr.slice(-500)}`)
  return stdout.trim()
}

const folderOf = (environment: NodeJS.ProcessEnv): string =>
  join(environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'goji', 'bin', `temporal-server-${TEMPORAL_SERVER_VERSION}`)

/** The server where it was built before, or null: whoever must not wait for minutes asks first. */
export const hasTemporalServer = (environment: NodeJS.ProcessEnv): boolean => existsSync(folderOf(environment))

/** Temporal's server, built once with Go and kept outside the work tree by its version. */
export function temporalServer(environment: NodeJS.ProcessEnv): TemporalServer {
  const cache = folderOf(environment)
  if (!existsSync(cache)) {
    process.stderr.write('Building the Temporal server with Go: a few minutes, once.\n')
    const draft = `${cache}.${process.pid}`
    runToEnd('go', ['install', `${MODULE}/cmd/server@${TEMPORAL_SERVER_VERSION}`], { ...environment, GOBIN: draft })
    runToEnd('go', ['install', `${MODULE}/cmd/tools/sql@${TEMPORAL_SERVER_VERSION}`], { ...environment, GOBIN: draft })
    rmSync(cache, { recursive: true, force: true })
    renameSync(draft, cache)
  }
  const source = join(runToEnd('go', ['env', 'GOMODCACHE'], environment), `${MODULE}@${TEMPORAL_SERVER_VERSION}`)
  // Go's own cache may have been emptied since.
  if (!existsSync(source)) runToEnd('go', ['mod', 'download', `${MODULE}@${TEMPORAL_SERVER_VERSION}`], environment)
  return { server: join(cache, 'server'), tool: join(cache, 'sql'), source }
}
