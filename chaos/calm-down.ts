import type { World } from './faults/fault.ts'
import { type Quiet, untilQuiet } from './quiet.ts'
import type { Books, Open } from './verdict/books.ts'

/** Everything has so long to come back once it is healed. */
const BACK_MS = 180_000
/** No clock of the load's policy is longer than this many units, and a process may need so long to come back. */
const CLOCKS_MAX = 12
export const RECOVERY_MS = 120_000
/** Files that the gateway makes by itself may come at any moment, also while it is quiet. */
const LAST_FILES = 5

/** Ends whatever was done, whoever did it. @throws Error where a process does not come up again. */
export async function heal({ stack, receiver, disturbances }: World): Promise<void> {
  await stack.proxy.reset()
  await disturbances.calm()
  await stack.mail.driver.disturb?.(null)
  receiver.mode = 'take'
  for (const node of [stack.postgres, stack.temporal, ...stack.workers, ...stack.apis]) {
    node.free()
    await node.answering(BACK_MS)
  }
}

/**
 * Waits until nothing is open, while operators go on doing what they do every day: they hand in settlement files, and have
 * sent again what institutions' servers missed.
 */
export async function calmDown({ load, institutions, unitMs }: World, books: Books, say: (line: string) => void): Promise<Quiet> {
  let tended = 0
  let eventsWait = true
  const tend = async (): Promise<void> => {
    if (Date.now() - tended < 2 * unitMs) return
    tended = Date.now()
    await load.settlements.handIn()
    // Each is an order that stands in the log, so nobody gives it where nothing waits.
    if (eventsWait) for (const institution of institutions) await institution.redeliver(tended)
  }
  let told = 0
  const tell = ({ bills, checkouts, refunds, statements, facts, events, overdue }: Open): void => {
    eventsWait = events > 0
    if (Date.now() - told < 10_000) return
    told = Date.now()
    say(
      `open: ${bills} bills, ${checkouts} checkouts, ${refunds} refunds, ${statements} statements, ${facts} facts, ${events} events; ${overdue} overdue`,
    )
  }
  const patienceMs = CLOCKS_MAX * unitMs + RECOVERY_MS
  let quiet = await untilQuiet(books, patienceMs, tend, tell)
  for (let attempt = 0; quiet.quiet && attempt < LAST_FILES; attempt += 1) {
    const before = load.settlements.count
    await load.settlements.handIn()
    if (load.settlements.count === before) break
    quiet = await untilQuiet(books, patienceMs, tend, tell)
  }
  return quiet
}
