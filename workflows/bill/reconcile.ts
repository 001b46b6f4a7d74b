import { ActivityFailure } from '@temporalio/workflow'
import type { Stage, Step } from '../../domain/step.ts'
import { runActivity } from '../run-activity.ts'
import type { Life } from './life.ts'

/**
 * Paid, and waiting for the gateway's settlement file. A late file is asked for again and again, by the policy's
 * `settlement` (`domain/settlement-wait.ts`); when it does not come at all a person gets the exception `settlementLate`, with
 * an age, and the bill waits. Nothing is marked as failed: a file that comes later settles the bill and closes the exception.
 */
export async function reconcile(life: Life, step: Step): Promise<Stage> {
  if (step.kind === 'openException') return life.take('openException')
  if (step.kind === 'askSettlement') {
    try {
      await life.during(step, () =>
        runActivity('askSettlement', { billId: life.billId, key: step.key, now: Date.now() }, 'Ask the gateway for the settlement file'),
      )
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error
      return life.take('askSettlement')
    }
  }
  return life.look()
}
