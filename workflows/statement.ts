import { setCurrentDetails } from '@temporalio/workflow'
import type { StatementResult } from '../activities/statement.ts'
import { runActivity } from './run-activity.ts'

/** Books a settlement file page by page and wakes its bills. Running it again books nothing twice. */
export async function statement({ statementId }: { statementId: string }): Promise<StatementResult> {
  let booked = 0
  for (;;) {
    const lines = await runActivity('postPage', { statementId, now: Date.now() }, `Book the lines after the first ${booked}`)
    if (lines === 0) break
    booked += lines
    setCurrentDetails(`${booked} lines are booked or opened as exceptions.`)
  }
  const result = await runActivity('finishStatement', { statementId, now: Date.now() }, 'Close the statement')
  setCurrentDetails(`${result.posted} lines booked, ${result.exceptions} exceptions.`)
  return result
}
