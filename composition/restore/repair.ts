import type { Sql } from '../../store/connection.ts'
import { bookedBills, bookedCheckouts } from '../../store/diagnosis/booked.ts'
import type { Engine } from '../engine.ts'

/**
 * What was done about a difference. `woken`: the bill's run reads the books, and one is started where there was none;
 * `asked`: the checkout's run asks its gateway; `ending`: the run is told to look, and ends as the books do not know it.
 */
export type Deed = 'woken' | 'asked' | 'ending'

export interface Repaired {
  readonly subject: string
  readonly done: Deed
}

/**
 * Has each of these bills and checkouts looked at now. It decides nothing itself: a run reads the books, and asks gateways
 * and channels under the keys that they know. Doing it again does no harm.
 * @throws Error when Temporal cannot be reached; nothing is lost by trying again.
 */
export async function repair({ sql, engine }: { sql: Sql; engine: Engine }, subjects: readonly string[]): Promise<Repaired[]> {
  const ids = (kind: string): string[] => subjects.flatMap((subject) => (subject.startsWith(kind) ? [subject.slice(kind.length)] : []))
  const bills = new Set((await bookedBills(sql, ids('bill:'))).map(({ id }) => `bill:${id}`))
  const checkouts = new Set((await bookedCheckouts(sql, ids('checkout:'))).map(({ id }) => `checkout:${id}`))
  await engine.sweep([...bills].map((subject) => subject.slice('bill:'.length)))
  const repaired: Repaired[] = []
  for (const subject of subjects) {
    const known = bills.has(subject) || checkouts.has(subject)
    if (checkouts.has(subject)) await engine.reportCheckout(subject.slice('checkout:'.length))
    if (!known) await engine.nudge(subject)
    repaired.push({ subject, done: !known ? 'ending' : checkouts.has(subject) ? 'asked' : 'woken' })
  }
  return repaired
}
