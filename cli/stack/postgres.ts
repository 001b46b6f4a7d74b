import { chownSync, existsSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import postgres from 'postgres'
import { GojiError, conflict } from '../../domain/errors.ts'
import { runCommand } from './command.ts'
import type { DataFolder } from './data-folder.ts'
import type { Ports } from './ports.ts'
import { OLDEST_MAJOR, type PostgresBinaries, findPostgres } from './postgres-binaries.ts'
import { type PostgresHome, postgresHome, runnable } from './postgres-home.ts'
import { removeStalePid } from './postgres-pid.ts'
import type { Child, Children } from './process.ts'

export interface PostgresOptions {
  readonly data: DataFolder
  readonly children: Children
  readonly ports: Ports
  readonly environment: Readonly<Record<string, string | undefined>>
  /** For tests: what was committed last may not survive a crash, everything is faster, and any free port will do. */
  readonly fast?: boolean
  readonly signal: AbortSignal
  readonly note: (line: string) => void
}

export interface RunningPostgres {
  /** Of the administrator's login, to the database `goji`. */
  readonly url: string
  /** What runs, in words. */
  readonly description: string
  readonly child: Child
  stop(): Promise<void>
}

const USUAL_PORT = 54320
const ADMIN = 'postgres'
const DATABASE = 'goji'
/** What a cluster's folder is called until it is complete, with the number of the process that makes it. */
const DRAFT = 'data.new-'

/** Reachable only from this machine and with a password; times are UTC wherever it runs; statements are short, so none is compiled. */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'timezone=UTC',
  'log_timezone=UTC',
  'jit=off',
  'log_line_prefix=%m [%p] ',
]
const FAST_SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

/**
 * Starts a PostgreSQL of our own in the data folder and makes the database where it is missing.
 * @throws GojiError `postgres_missing`, `postgres_version`, `postgres_user_missing`, `process_failed`.
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const home = postgresHome(options.data, options.note)
  const cluster = join(home.folder, 'data')
  const binaries = runnable(pickBinaries(cluster, options.environment['PATH'] ?? ''), home)
  const password = passwordOf(home)
  if (!existsSync(cluster)) await makeCluster(binaries, home, options)
  removeStalePid(cluster)
  const { port, insteadOf } = await options.ports.choose('postgres', options.fast ? undefined : USUAL_PORT)
  if (insteadOf !== undefined) options.note(`PostgreSQL listens on port ${port}, as ${insteadOf} is taken.`)
  const settings = [...SETTINGS, ...(options.fast ? FAST_SETTINGS : []), `port=${port}`]
  const child = await options.children.start({
    name: 'postgres',
    command: join(binaries.folder, 'postgres'),
    args: ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])],
    environment: environmentOf(options),
    folder: home.folder,
    account: home.account,
    // A fast shutdown: sessions are ended, everything committed is kept.
    stopSignal: 'SIGINT',
    graceMs: 30_000,
  })
  const url = `postgres://${ADMIN}:${password}@127.0.0.1:${port}`
  await child.until(() => makeDatabase(`${url}/postgres`, child), 60_000, options.signal)
  return { url: `${url}/${DATABASE}`, description: `PostgreSQL ${binaries.major} (${binaries.folder})`, child, stop: () => child.stop() }
}

/** Nothing of ours may change how initdb and the server behave (PGDATA, LC_ALL, …). */
const environmentOf = ({ environment }: PostgresOptions) => ({ PATH: environment['PATH'], LC_ALL: 'C', TZ: 'UTC' })

function pickBinaries(cluster: string, path: string): PostgresBinaries {
  const made = existsSync(cluster) ? Number(readFileSync(join(cluster, 'PG_VERSION'), 'utf8')) : null
  const others: number[] = []
  for (const binaries of findPostgres(path)) {
    if (made === null || binaries.major === made) return binaries
    others.push(binaries.major)
  }
  if (made !== null && others.length > 0) {
    throw conflict(
      'postgres_version',
      `The database in ${cluster} was made by PostgreSQL ${made}; here is only ${others.join(', ')}. Install ${made}, or start with --fresh, which empties it.`,
    )
  }
  throw new GojiError(
    'unavailable',
    'postgres_missing',
    `There is no PostgreSQL ${OLDEST_MAJOR} or newer here and none came as a package for ${process.platform} ${process.arch}. Install one, or set DATABASE_URL.`,
  )
}

function passwordOf(home: PostgresHome): string {
  const file = join(home.folder, 'password')
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
    if (home.account) chownSync(file, home.account.uid, home.account.gid)
  }
  return readFileSync(file, 'utf8')
}

const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })

/** Made beside its place and moved there when complete, so that an interrupted start leaves nothing half done. */
async function makeCluster(binaries: PostgresBinaries, home: PostgresHome, options: PostgresOptions): Promise<void> {
  // An initdb whose start was killed goes on for a moment: it keeps a place of its own, which is taken away here.
  for (const name of readdirSync(home.folder).filter((one) => one.startsWith(DRAFT))) removeFolder(join(home.folder, name))
  const draft = join(home.folder, `${DRAFT}${process.pid}`)
  const flags = [
    `--pgdata=${draft}`,
    `--username=${ADMIN}`,
    `--pwfile=${join(home.folder, 'password')}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
  ]
  try {
    await runCommand(
      {
        command: join(binaries.folder, 'initdb'),
        args: options.fast ? [...flags, '--no-sync'] : flags,
        environment: environmentOf(options),
        folder: home.folder,
        account: home.account,
        timeoutMs: 120_000,
      },
      options.signal,
    )
  } catch (error) {
    removeFolder(draft)
    if (!(error instanceof GojiError) || !error.message.includes('could not look up effective user ID')) throw error
    throw conflict(
      'postgres_user_missing',
      `This user (${process.getuid?.()}) has no entry in the passwd file, and PostgreSQL asks for one. Add it, start as another user, or set DATABASE_URL.`,
    )
  }
  renameSync(draft, join(home.folder, 'data'))
}

/** True once the server answers and the database is there; undefined while it is still starting. */
async function makeDatabase(url: string, child: Child): Promise<true | undefined> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined })
  try {
    const [found] = await sql`select from pg_database where datname = ${DATABASE}`
    if (!found) await sql`create database ${sql(DATABASE)}`
    return true
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (['ECONNREFUSED', 'CONNECT_TIMEOUT', '57P03'].includes(code ?? '')) return undefined
    throw child.failure(`refuses us: ${message}`)
  } finally {
    await sql.end({ timeout: 1 })
  }
}
