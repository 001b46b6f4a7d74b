import type { Tx } from '../connection.ts'
import { appendLog } from '../log/append-log.ts'

export interface StatementResult {
  readonly posted: number
  readonly exceptions: number
}

/** Closes a statement whose lines are all booked or opened as exceptions. Doing it twice changes nothing. */
export async function finishStatement(tx: Tx, statementId: string, now: number): Promise<StatementResult> {
  const [counts] = await tx<{ posted: bigint; exceptions: bigint }[]>`
    select count(*) filter (where state = 'posted') as posted, count(*) filter (where state = 'exception') as exceptions
    from statement_lines where statement_id = ${statementId}`
  const result = { posted: Number(counts?.posted ?? 0n), exceptions: Number(counts?.exceptions ?? 0n) }
  const updated = await tx`update statements set state = 'posted', posted_at = ${now} where id = ${statementId} and state = 'received'`
  if (updated.count > 0)
    await appendLog(tx, `statement:${statementId}`, { at: now, action: 'posted', actor: 'engine', body: { ...result } })
  return result
}
