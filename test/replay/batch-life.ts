import { newRow, order, readyBatch, untilBatch } from '../engine/batch-world.ts'
import { quietPolicy } from '../support/policy.ts'
import type { Life } from './steps.ts'

/** An institution's file of bills: issued, and then taken back as nobody has paid yet. */
export const batchLife: Life = async ({ engine, closed }) => {
  const { root } = engine
  const institutionId = await engine.institution(`files-${root.clock.now()}`, quietPolicy)
  const batchId = await readyBatch(
    root,
    institutionId,
    [2, 3, 4].map((row) => newRow(row, {}, `file-${row}`)),
  )
  await order(root, { batchId, institutionId, event: 'issue' })
  await root.engine.runBatch(batchId)
  await untilBatch(root.sql, batchId, 'issued')
  await closed(`batch:${batchId}`)
  await order(root, { batchId, institutionId, event: 'undo' })
  await root.engine.runBatch(batchId)
  await untilBatch(root.sql, batchId, 'undone')
  await closed(`batch:${batchId}`)
  return [`batch:${batchId}`]
}
