import { setTimeout as delay } from 'node:timers/promises'
import { type Books, isQuiet, type Open, readOpen } from './verdict/books.ts'

const LOOK_EVERY_MS = 1_000
/** Two looks so far apart have to see the same. */
const SAME_FOR_MS = 5_000

export interface Quiet {
  /** Whether everything came to its end. */
  readonly quiet: boolean
  /** Milliseconds until nothing was overdue any more. */
  readonly recoveredAfter: number
  readonly last: Open
}

/**
 * Waits until nothing is open any more and two looks five seconds apart see the same, at most so long. `tend` is what
 * people go on doing meanwhile, such as handing in settlement files.
 */
export async function untilQuiet(books: Books, limitMs: number, tend: () => Promise<void>, onLook: (open: Open) => void): Promise<Quiet> {
  const begun = Date.now()
  let recoveredAfter: number | undefined
  let same: { readonly fingerprint: string; readonly since: number } | undefined
  let last: Open | undefined
  for (;;) {
    await tend()
    const open = await readOpen(books).catch(() => undefined)
    const now = Date.now()
    if (open !== undefined) {
      last = open
      onLook(open)
      if (open.overdue === 0) recoveredAfter ??= now - begun
      if (!isQuiet(open) || same?.fingerprint !== open.fingerprint)
        same = isQuiet(open) ? { fingerprint: open.fingerprint, since: now } : undefined
      else if (now - same.since >= SAME_FOR_MS) return { quiet: true, recoveredAfter: recoveredAfter ?? now - begun, last: open }
    }
    if (now - begun > limitMs) {
      if (last === undefined) throw new Error('The books could not be read once everything was healed.')
      return { quiet: false, recoveredAfter: recoveredAfter ?? limitMs, last }
    }
    await delay(LOOK_EVERY_MS)
  }
}
