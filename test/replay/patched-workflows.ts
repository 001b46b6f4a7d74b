import { patched, sleep } from '@temporalio/workflow'
import * as unchanged from '../../workflows/index.ts'

export * from '../../workflows/index.ts'

/**
 * A later build that does two things differently, as `docs/changing-workflows.md` asks for: before the first step, which
 * every open bill has behind it, and after the last, which every open bill has before it.
 */
export async function bill(input: { billId: string }): Promise<void> {
  if (patched('first-wait')) await sleep(1, { summary: 'What the later build does before the first step' })
  await unchanged.bill(input)
  if (patched('last-wait')) await sleep(1, { summary: 'What the later build does after the last step' })
}
