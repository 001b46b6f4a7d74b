import { existsSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { runToEnd } from './temporal-server.ts'

export const TOXIPROXY_VERSION = 'v2.12.0'
const COMMAND = `github.com/Shopify/toxiproxy/v2/cmd/server@${TOXIPROXY_VERSION}`

const folderOf = (environment: NodeJS.ProcessEnv): string =>
  join(environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'goji', 'bin', `toxiproxy-${TOXIPROXY_VERSION}`)

export const hasToxiproxy = (environment: NodeJS.ProcessEnv): boolean => existsSync(folderOf(environment))

/** The proxy that breaks connections on request, built once with Go and kept outside the work tree by its version. */
export function toxiproxyBinary(environment: NodeJS.ProcessEnv): string {
  const folder = folderOf(environment)
  if (!existsSync(folder)) {
    const draft = `${folder}.${process.pid}`
    runToEnd('go', ['install', COMMAND], { ...environment, GOBIN: draft })
    rmSync(folder, { recursive: true, force: true })
    renameSync(draft, folder)
  }
  // Its command is called by the name of its folder.
  return join(folder, 'server')
}
