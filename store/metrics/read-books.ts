import type { Sql } from '../connection.ts'
import { type ProviderStop, readStops } from '../providers/provider-stop.ts'
import { type Backlog, readBacklogs } from './backlogs.ts'
import { type BillStage, billStages } from './bill-stages.ts'
import { type MoneyFlow, moneyFlows } from './money-flows.ts'
import { type OpenExceptions, openExceptions } from './open-exceptions.ts'

export interface BooksFigures {
  readonly sampled: number
  readonly stages: readonly BillStage[]
  readonly backlogs: readonly Backlog[]
  readonly exceptions: readonly OpenExceptions[]
  readonly flows: readonly MoneyFlow[]
  readonly stops: readonly ProviderStop[]
}

/** Milliseconds that one statement may take: figures that cost more than that are not worth it. */
const STATEMENT_LIMIT_MS = 2_000

/**
 * Everything that is measured of the books, as of one moment and without writing anything. `from` and `to` bound the
 * bookings that are summed. Milliseconds.
 */
export const readBooks = (sql: Sql, now: number, { from, to }: { from: number; to: number }): Promise<BooksFigures> =>
  sql.begin('isolation level repeatable read read only', async (tx) => {
    await tx.unsafe(`set local statement_timeout = ${STATEMENT_LIMIT_MS}`)
    const [{ sampled, stages }, backlogs, exceptions, flows, stops] = await Promise.all([
      billStages(tx),
      readBacklogs(tx, now),
      openExceptions(tx),
      moneyFlows(tx, from, to),
      readStops(tx),
    ])
    return { sampled, stages, backlogs, exceptions, flows, stops }
  }) as Promise<BooksFigures>
