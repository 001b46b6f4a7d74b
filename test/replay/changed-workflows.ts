import { sleep } from '@temporalio/workflow'
import * as unchanged from '../../workflows/index.ts'

export * from '../../workflows/index.ts'

/** The change that a replay has to find: a bill that waits a moment before its first step, as no saved bill did. */
export async function bill(input: { billId: string }): Promise<void> {
  await sleep('1 minute')
  return unchanged.bill(input)
}
