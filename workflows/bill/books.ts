import { ActivityFailure, ApplicationFailure, isCancellation, proxyLocalActivities, TemporalFailure } from '@temporalio/workflow'
import type { Activities } from '../../activities/index.ts'
import { runActivity } from '../run-activity.ts'
import { localBooks } from '../timeouts.ts'

type Books = Pick<Activities, 'look' | 'takeStep' | 'closeDelivery'>

const SUMMARIES: Record<keyof Books, string> = {
  look: 'Read the bill (the store was slow to answer)',
  takeStep: 'Keep the books (the store was slow to answer)',
  closeDelivery: 'Close the delivery (the store was slow to answer)',
}

/**
 * Bookkeeping inside the workflow task. When the store does not answer for ten seconds the same call is made as an
 * ordinary activity, where an operator sees it waiting; both copies may commit, which is why each is idempotent.
 */
export async function books<Name extends keyof Books>(
  name: Name,
  input: Parameters<Books[Name]>[0],
  summary: string,
): Promise<Awaited<ReturnType<Books[Name]>>> {
  const local = proxyLocalActivities<Books>({ ...localBooks, summary })
  try {
    return (await (local[name] as (input: unknown) => Promise<unknown>)(input)) as Awaited<ReturnType<Books[Name]>>
  } catch (error) {
    if (!(error instanceof TemporalFailure) || isCancellation(error) || isFinal(error)) throw error
    return (await runActivity(name, input as never, SUMMARIES[name])) as Awaited<ReturnType<Books[Name]>>
  }
}

/** No repetition helps. A local activity's own failure comes as it was thrown, only its timeout comes wrapped. */
function isFinal(error: TemporalFailure): boolean {
  const cause = error instanceof ActivityFailure ? error.cause : error
  return cause instanceof ApplicationFailure && cause.nonRetryable === true
}
