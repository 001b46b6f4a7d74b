import { spawnSync } from 'node:child_process'

/** Whom a process runs as. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** Users that exist for exactly this purpose, the database's own first. */
const UNPRIVILEGED = ['postgres', 'nobody'] as const

/** Undefined unless we are root, as everybody else runs everything as himself; null when root finds no unprivileged user. */
export function unprivilegedAccount(): Account | null | undefined {
  if (process.getuid?.() !== 0) return undefined
  return UNPRIVILEGED.map(accountOf).find((account) => account !== null) ?? null
}

function accountOf(name: string): Account | null {
  const [uid, gid] = ['-u', '-g'].map((flag) => Number.parseInt(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout, 10))
  return uid === undefined || gid === undefined || Number.isNaN(uid) || Number.isNaN(gid) || uid <= 0 ? null : { uid, gid }
}

/** Whether the account may enter a folder or run a program, tried for real: rights hang on every folder above it too. */
export function canUse(account: Account, path: string): boolean {
  const tried = spawnSync('/bin/sh', ['-c', '[ -x "$1" ]', 'sh', path], { ...account, cwd: '/' })
  if (tried.error) throw tried.error
  return tried.status === 0
}
