import { spawnSync } from 'node:child_process'
import { accessSync, constants, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { GojiError } from '../../domain/errors.ts'
import { processIdentity } from './process-identity.ts'
import { buildTemporal } from './temporal-build.ts'
import { downloadTemporal } from './temporal-download.ts'
import type { TemporalMaking } from './temporal-making.ts'

export const TEMPORAL_CLI_VERSION = '1.5.1'

export interface TemporalBinarySearch extends Omit<TemporalMaking, 'version'> {
  /** Where it is kept for a user without a home folder. */
  readonly ownFolder: string
}

const WAYS = { download: downloadTemporal, build: buildTemporal }

/**
 * The `temporal` command: on the PATH, in the cache, downloaded, or built with Go, which takes 2 to 4 minutes once.
 * @throws GojiError `temporal_missing` with what was tried.
 */
export async function temporalBinary(search: TemporalBinarySearch): Promise<string> {
  const onPath = (search.environment['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'temporal'))
  const shared = join(cacheFolder(search.environment), `temporal-${TEMPORAL_CLI_VERSION}`)
  const own = join(search.ownFolder, basename(shared))
  const found = [...onPath, shared, own].find(isCommand)
  if (found !== undefined) return found
  const cached = canMake(dirname(shared)) ? shared : own
  const tried: string[] = []
  for (const [way, make] of Object.entries(WAYS)) {
    try {
      return await intoCache(cached, (folder) => {
        const environment = cached === shared ? search.environment : homeless(search.environment, folder)
        return make(folder, { ...search, version: TEMPORAL_CLI_VERSION, environment })
      })
    } catch (error) {
      search.signal.throwIfAborted()
      tried.push(`${way}: ${wordsOf(error as Error)}`)
    }
  }
  throw new GojiError(
    'unavailable',
    'temporal_missing',
    `Temporal's development server cannot be had:\n  ${tried.join('\n  ')}\nInstall the temporal command (https://docs.temporal.io/cli) or Go, or set TEMPORAL_ADDRESS.`,
  )
}

/** What went wrong, with its cause: a fetch only says that it failed. */
const wordsOf = ({ message, cause }: Error): string => (cause === undefined ? message : `${message}: ${(cause as Error).message}`)

/** Outside the work tree, so that every clone of a user shares it. */
const cacheFolder = (environment: Readonly<Record<string, string | undefined>>): string =>
  join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'goji', 'bin')

/** Go keeps what it builds from below the home folder; without one it gets a place that goes away with the draft. */
const homeless = (environment: TemporalBinarySearch['environment'], folder: string) => ({
  ...environment,
  GOPATH: join(folder, 'go'),
  GOCACHE: join(folder, 'go-cache'),
  GOFLAGS: '-modcacherw',
})

function canMake(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** A download that was cut off, or one for another machine, is not a command. */
function isCommand(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
  } catch {
    return false
  }
  return statSync(file).isFile() && spawnSync(file, ['--version'], { timeout: 20_000 }).status === 0
}

/** Made in a folder beside its place and moved there when it runs: an interrupted attempt leaves nothing behind. */
async function intoCache(cached: string, make: (folder: string) => Promise<string>): Promise<string> {
  removeAbandoned(`${cached}.new-`)
  const draft = mkdtempSync(`${cached}.new-${process.pid}-`)
  try {
    const file = await make(draft)
    if (!isCommand(file)) throw new Error('what came does not run on this machine')
    renameSync(file, cached)
    return cached
  } finally {
    remove(draft)
  }
}

/** A start that was killed cannot clean up: a folder bears the number of the process that it is for. */
function removeAbandoned(prefix: string): void {
  for (const name of readdirSync(dirname(prefix)).filter((one) => one.startsWith(basename(prefix)))) {
    if (processIdentity(Number.parseInt(name.slice(basename(prefix).length), 10)) === null) remove(join(dirname(prefix), name))
  }
}

/** What has just been killed may still write for a moment. */
const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
