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

/** The books do not know the bill: they were put back from a copy that is older than it. Nothing can be done for it. */
export class Forgotten extends Error {}

/**
 * Bookkeeping inside the workflow task. When the store does not answer for ten seconds the same call is made as an
 * ordinary activity, where an operator sees it waiting; both copies may commit, which is why each is idempotent.
 *
 * A refusal that no repetition cures is our own mistake or a broken book. It never ends the run: the workflow task fails,
 * Temporal shows why and runs it again, ever less often, until somebody has mended it.
 * @throws Forgotten where the books do not know the bill.
 */
export async function books<Name extends keyof Books>(
  name: Name,
  input: Parameters<Books[Name]>[0],
  summary: string,
): Promise<Awaited<ReturnType<Books[Name]>>> {
  const local = proxyLocalActivities<Books>({ ...localBooks, summary })
  for (;;) {
    try {
      return (await (local[name] as (input: unknown) => Promise<unknown>)(input)) as Awaited<ReturnType<Books[Name]>>
    } catch (error) {
      if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error
      const refusal = finalCause(error)
      if (refusal?.type === 'bill_not_found') throw new Forgotten()
      // Not a failure of Temporal's kind, which would fail the run.
      if (refusal !== undefined) throw new Error(`The books refuse ${name}: ${refusal.message}`)
    }
    try {
      return (await runActivity(name, input as never, SUMMARIES[name])) as Awaited<ReturnType<Books[Name]>>
    } catch (error) {
      // A refusal that is in the history could never be mended: it is asked for again inside the workflow task.
      if (!(error instanceof ActivityFailure) || finalCause(error) === undefined) throw error
    }
  }
}

/** What no repetition cures. A local activity's own failure comes as it was thrown, only its timeout comes wrapped. */
function finalCause(error: TemporalFailure): ApplicationFailure | undefined {
  const cause = error instanceof ActivityFailure ? error.cause : error
  return cause instanceof ApplicationFailure && cause.nonRetryable === true ? cause : undefined
}
