import { setTimeout as delay } from 'node:timers/promises'
import { type Books, isQuiet, type Open, readOpen } from './verdict/books.ts'

const LOOK_EVERY_MS = 1_000
/** Two looks so far apart have to see the same. */
const SAME_FOR_MS = 5_000

export interface Quiet {
  /** Whether everything came to its end. */
  readonly quiet: boolean
  readonly last: Open
}

/** Whatever moves: no run is worth more. */
const LIMIT_MS = 40 * 60_000

/**
 * Waits until nothing is open any more and two looks five seconds apart see the same. It is given up once nothing has
 * moved for `patienceMs`. `tend` is what people go on doing meanwhile, such as handing in settlement files.
 */
export async function untilQuiet(
  books: Books,
  patienceMs: number,
  tend: () => Promise<void>,
  onLook: (open: Open) => void,
): Promise<Quiet> {
  const begun = Date.now()
  let same = { fingerprint: '', since: begun }
  for (;;) {
    await tend()
    const open = await readOpen(books)
    const now = Date.now()
    onLook(open)
    if (same.fingerprint !== open.fingerprint) same = { fingerprint: open.fingerprint, since: now }
    const unmovedMs = now - same.since
    if (isQuiet(open) && unmovedMs >= SAME_FOR_MS) return { quiet: true, last: open }
    if (unmovedMs > patienceMs || now - begun > LIMIT_MS) return { quiet: false, last: open }
    await delay(LOOK_EVERY_MS)
  }
}

/** Milliseconds until nothing is overdue any more; the limit where that does not come. */
export async function untilRecovered(books: Books, limitMs: number): Promise<number> {
  const begun = Date.now()
  for (;;) {
    const open = await readOpen(books).catch(() => undefined)
    const took = Date.now() - begun
    if (open?.overdue === 0 || took > limitMs) return Math.min(took, limitMs)
    await delay(LOOK_EVERY_MS / 2)
  }
}
