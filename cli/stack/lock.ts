import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { conflict } from '../../domain/errors.ts'
import { signalGroup } from './process-group.ts'
import { processIdentity } from './process-identity.ts'
import { replaceFile } from './replace-file.ts'

/** The lock's name in the data folder; emptying the folder leaves it alone. */
export const LOCK_FILE = 'lock.json'

/** A process that leads a group, as it was when it was started. */
export interface LockedChild {
  readonly name: string
  readonly pid: number
  readonly identity: string
  readonly stopSignal: NodeJS.Signals
}

interface LockText {
  readonly pid: number
  readonly identity: string
  readonly children: readonly LockedChild[]
  /** What the stack answers at, by name, for whoever starts a second one. */
  readonly addresses: Readonly<Record<string, string>>
}

/** How long an orphan may take to end by itself before it is killed. */
const ORPHAN_GRACE_MS = 10_000

/** One stack per data folder. The lock names its holder and the holder's children, each with its start time. */
export class Lock {
  readonly #file: string
  #text: LockText

  private constructor(file: string, text: LockText) {
    this.#file = file
    this.#text = text
  }

  /**
   * Takes the lock. One left behind by a killed holder is taken over after its orphaned children were stopped; `note`
   * hears of each.
   * @throws GojiError `already_running` saying where the holder answers.
   */
  static async take(file: string, note: (line: string) => void): Promise<Lock> {
    const identity = processIdentity(process.pid)
    if (identity === null) throw new Error('The start time of this process cannot be read.')
    const text: LockText = { pid: process.pid, identity, children: [], addresses: {} }
    for (;;) {
      if (create(file, text)) return new Lock(file, text)
      const held = read(file)
      if (held === null) continue
      if (processIdentity(held.pid) === held.identity) throw alreadyRunning(file, held)
      await stopOrphans(held.children, note)
      removeIfUnchanged(file, held)
    }
  }

  record(children: readonly LockedChild[]): void {
    this.#write({ ...this.#text, children })
  }

  announce(addresses: Readonly<Record<string, string>>): void {
    this.#write({ ...this.#text, addresses })
  }

  release(): void {
    rmSync(this.#file, { force: true })
  }

  #write(text: LockText): void {
    this.#text = text
    replaceFile(this.#file, JSON.stringify(text))
  }
}

/** Whether a stack runs that took this lock; one that was killed has left its lock behind. */
export function isHeld(file: string): boolean {
  const held = read(file)
  return held !== null && processIdentity(held.pid) === held.identity
}

/** A link is made only where no file is, and the lock is complete from its first moment. */
function create(file: string, text: LockText): boolean {
  const draft = `${file}.${process.pid}`
  replaceFile(draft, JSON.stringify(text))
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Null when the lock has just been released. */
function read(file: string): LockText | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LockText
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Two starts may find the same stale lock: whoever moves away a fresh one by mistake puts it back. */
function removeIfUnchanged(file: string, stale: LockText): void {
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  const moved = read(aside)
  if (moved !== null && (moved.pid !== stale.pid || moved.identity !== stale.identity)) renameSync(aside, file)
  else rmSync(aside, { force: true })
}

async function stopOrphans(children: readonly LockedChild[], note: (line: string) => void): Promise<void> {
  const orphans = children.filter(isAlive).reverse()
  for (const orphan of orphans) {
    note(`Stopping ${orphan.name} (pid ${orphan.pid}), left behind by a start that was killed.`)
    signalGroup(orphan.pid, orphan.stopSignal)
    if (await ends(orphan)) continue
    signalGroup(orphan.pid, 'SIGKILL')
    if (!(await ends(orphan)))
      throw conflict(
        'orphan_unstoppable',
        `The process ${orphan.pid} (${orphan.name}) of an earlier start cannot be stopped. Stop it, then start again.`,
      )
  }
}

async function ends(orphan: LockedChild): Promise<boolean> {
  const until = performance.now() + ORPHAN_GRACE_MS
  while (isAlive(orphan)) {
    if (performance.now() > until) return false
    await delay(50)
  }
  return true
}

const isAlive = (child: LockedChild): boolean => processIdentity(child.pid) === child.identity

function alreadyRunning(file: string, held: LockText) {
  const addresses = Object.entries(held.addresses).map(([name, url]) => `\n  ${name}: ${url}`)
  const where = addresses.length > 0 ? ` It answers at:${addresses.join('')}` : ' It is still starting.'
  return conflict(
    'already_running',
    `Goji already runs on this data folder (process ${held.pid}, lock ${file}).${where}\nUse it, stop it (Ctrl-C where it runs), or start another one beside it with --data FOLDER.`,
  )
}
