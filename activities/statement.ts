import { Context } from '@temporalio/activity'
import { finishStatement, type StatementResult } from '../store/statements/finish-statement.ts'
import { linesToPost, linesToTryAgain } from '../store/statements/lines-to-post.ts'
import { transaction } from '../store/unit/transaction.ts'
import type { Wake } from '../store/unit/with-bills.ts'
import { bookLine } from './book-line.ts'
import { laterOf, type Ports } from './ports.ts'

export type { StatementResult }

/** Lines per page: a page takes a second or two, so an operator sees progress and a repetition re-reads little. */
const PAGE_LINES = 200
/** Lines booked at the same time; they touch different bills, and one transaction each keeps one bad line alone. */
const LINES_AT_ONCE = 8

export const statementActivities = (ports: Ports) => ({
  /** Books the next page of a statement and wakes its bills; answers how many lines it took, 0 when none are left. */
  postPage: async ({ statementId, now }: { statementId: string; now: number }): Promise<number> => {
    const lines = await linesToPost(ports.sql, statementId, PAGE_LINES)
    for (let start = 0; start < lines.length; start += LINES_AT_ONCE) {
      const batch = lines.slice(start, start + LINES_AT_ONCE)
      const wakes: Wake[][] = await Promise.all(batch.map((lineId) => bookLine(ports, lineId, laterOf(now, ports))))
      await ports.wake(wakes.flat())
      Context.current().heartbeat(start)
    }
    if (lines.length === 0) await tryAgain(ports, statementId, laterOf(now, ports))
    return lines.length
  },

  finishStatement: ({ statementId, now }: { statementId: string; now: number }): Promise<StatementResult> =>
    transaction(ports.sql, (tx) => finishStatement(tx, statementId, laterOf(now, ports))),
})

/**
 * No verdict is for ever: what nobody could place before may be placed now, by what has happened since. The oldest first,
 * with every new file.
 */
async function tryAgain(ports: Ports, statementId: string, now: number): Promise<void> {
  const lines = await linesToTryAgain(ports.sql, statementId, PAGE_LINES)
  for (const lineId of lines) {
    await ports.wake(await bookLine(ports, lineId, now))
    Context.current().heartbeat(lineId)
  }
}
