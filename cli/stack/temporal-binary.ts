import { spawnSync } from 'node:child_process'
import { accessSync, constants, createWriteStream, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GojiError } from '../../domain/errors.ts'
import { runCommand } from './command.ts'

export const TEMPORAL_CLI_VERSION = '1.5.1'

export interface TemporalBinarySearch {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Where it is kept for a user without a home folder. */
  readonly ownFolder: string
  readonly signal: AbortSignal
  /** Hears what is being done while it takes long. */
  readonly note: (line: string) => void
  /** Where releases are downloaded from; the address that the SDK itself uses. */
  readonly releases?: string
}

const RELEASES = 'https://temporal.download/cli/archive'
/** A machine without internet says so quickly, or this soon. */
const CONNECT_TIMEOUT_MS = 5_000
const DOWNLOAD_TIMEOUT_MS = 300_000
const BUILD_TIMEOUT_MS = 1_200_000

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
  for (const get of [download, build]) {
    try {
      return await intoCache(cached, (folder) =>
        get(folder, cached === shared ? search : { ...search, environment: homeless(search.environment, folder) }),
      )
    } catch (error) {
      search.signal.throwIfAborted()
      tried.push(`${get.name}: ${wordsOf(error as Error)}`)
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
async function intoCache(cached: string, get: (folder: string) => Promise<string>): Promise<string> {
  const draft = mkdtempSync(`${cached}.new-`)
  try {
    const file = await get(draft)
    if (!isCommand(file)) throw new Error('what came does not run on this machine')
    renameSync(file, cached)
    return cached
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

async function download(folder: string, { releases = RELEASES, environment, signal, note }: TemporalBinarySearch): Promise<string> {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch
  const connecting = new AbortController()
  const patience = setTimeout(
    () => connecting.abort(new Error(`no answer within ${CONNECT_TIMEOUT_MS / 1000} seconds`)),
    CONNECT_TIMEOUT_MS,
  )
  const response = await fetch(`${releases}/v${TEMPORAL_CLI_VERSION}?platform=${process.platform}&arch=${arch}`, {
    signal: AbortSignal.any([signal, connecting.signal, AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS)]),
  }).finally(() => clearTimeout(patience))
  if (!response.ok || response.body === null) throw new Error(`the download answered ${response.status}`)
  note(`Downloading Temporal's development server ${TEMPORAL_CLI_VERSION}, once.`)
  const archive = join(folder, 'temporal.tar.gz')
  await pipeline(Readable.fromWeb(response.body), createWriteStream(archive))
  await runCommand({ command: 'tar', args: ['-xzf', archive, '-C', folder, 'temporal'], environment, folder, timeoutMs: 60_000 }, signal)
  return join(folder, 'temporal')
}

async function build(folder: string, { environment, signal, note }: TemporalBinarySearch): Promise<string> {
  note(`Building Temporal's development server ${TEMPORAL_CLI_VERSION} with Go. This takes 2 to 4 minutes, once.`)
  await runCommand(
    {
      command: 'go',
      args: ['install', `github.com/temporalio/cli/cmd/temporal@v${TEMPORAL_CLI_VERSION}`],
      environment: { ...environment, GOBIN: folder },
      folder,
      timeoutMs: BUILD_TIMEOUT_MS,
    },
    signal,
  )
  return join(folder, 'temporal')
}
