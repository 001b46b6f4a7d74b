import { condition, continueAsNew, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow'
import type { BatchPage } from '../activities/batch.ts'
import { orderedSignal } from './messages.ts'
import { runActivity } from './run-activity.ts'

/**
 * Issues the rows of a batch page by page, or takes them back when that is ordered; a paused batch waits for its next
 * order. The books say what is to be done, so an order only means: read them again.
 */
export async function issueBatch({ batchId }: { batchId: string }): Promise<BatchPage['state']> {
  let orders = 0
  let rows = 0
  setHandler(orderedSignal, () => void (orders += 1), { description: 'Something was ordered: the batch is read again.' })
  for (;;) {
    const seen = orders
    const page = await runActivity('workBatch', { batchId, now: Date.now() }, `The rows after the first ${rows} of this run`)
    rows += page.rows
    setCurrentDetails(`The batch is ${page.state}. ${rows} rows had their turn in this run.`)
    const idle = page.state !== 'issuing' && page.state !== 'undoing'
    if (idle && page.state !== 'paused' && orders === seen) return page.state
    if (page.state === 'paused') await condition(() => orders > seen)
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof issueBatch>({ batchId })
  }
}
