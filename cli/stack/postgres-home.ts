import { accessSync, chownSync, constants, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { conflict } from '../../domain/errors.ts'
import { type Account, canUse, unprivilegedAccount } from './account.ts'
import type { DataFolder } from './data-folder.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'

/** Where a database lies and whom its server runs as. */
export interface PostgresHome {
  readonly folder: string
  /** Undefined: as ourselves. */
  readonly account: Account | undefined
}

/**
 * PostgreSQL refuses to run as root. Started by root, it runs as an unprivileged user who owns its folder and nothing
 * else; where that user cannot reach the data folder (a clone below /root), the database lies in /var/lib instead.
 * @throws GojiError `postgres_user_missing` when there is no such user.
 */
export function postgresHome(data: DataFolder, note: (line: string) => void): PostgresHome {
  const inside = data.folder('postgres')
  const account = ownerOf(join(inside, 'data')) ?? unprivilegedAccount()
  if (account === undefined) return { folder: inside, account }
  if (account === null) {
    throw conflict(
      'postgres_user_missing',
      'PostgreSQL does not run as root, and there is neither a user "postgres" nor "nobody" to run it as. Create one (useradd --system postgres), start as another user, or set DATABASE_URL.',
    )
  }
  chownSync(inside, account.uid, account.gid)
  if (canUse(account, inside)) return { folder: inside, account }
  const outside = join(serviceFolder(), `goji-${data.id}`)
  if (!existsSync(outside)) note(`Its server does not run as root and cannot enter ${data.path}, so the database lies in ${outside}.`)
  mkdirSync(outside, { recursive: true, mode: 0o700 })
  chownSync(outside, account.uid, account.gid)
  data.ownElsewhere(outside)
  return { folder: outside, account }
}

/** Binaries that the account can run: those of a package are copied to the database when it cannot reach them. */
export function runnable(binaries: PostgresBinaries, home: PostgresHome): PostgresBinaries {
  const { account } = home
  if (account === undefined || canUse(account, join(binaries.folder, 'postgres'))) return binaries
  if (binaries.packaged === undefined) {
    throw conflict(
      'postgres_unreachable',
      `The user ${account.uid} cannot run ${binaries.folder}/postgres. Make it readable to everybody, or set DATABASE_URL.`,
    )
  }
  const copy = join(home.folder, `server-${binaries.major}`)
  if (!existsSync(copy)) {
    rmSync(`${copy}.new`, { recursive: true, force: true })
    cpSync(binaries.packaged, `${copy}.new`, { recursive: true, verbatimSymlinks: true })
    renameSync(`${copy}.new`, copy)
  }
  return { folder: join(copy, 'bin'), major: binaries.major }
}

/** Root goes on with a database as whoever made it. */
function ownerOf(folder: string): Account | undefined {
  if (process.getuid?.() !== 0 || !existsSync(folder)) return undefined
  const { uid, gid } = statSync(folder)
  return uid === 0 ? undefined : { uid, gid }
}

function serviceFolder(): string {
  try {
    accessSync('/var/lib', constants.W_OK)
    return '/var/lib'
  } catch {
    return tmpdir()
  }
}
