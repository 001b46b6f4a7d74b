import { ActivityFailure } from '@temporalio/workflow'
import type { Stage, Step } from '../../domain/step.ts'
import { runActivity } from '../run-activity.ts'
import type { Life } from './life.ts'
import { sending } from './story.ts'

/**
 * Takes back what the citizen does not need any more: read elsewhere, paid, cancelled. Paper is stopped this way up to the
 * moment in which it is printed. A channel that cannot be asked is asked again for some minutes; then it is noted that the
 * delivery goes its way, and the bill goes on.
 */
export async function recall(life: Life, step: Extract<Step, { kind: 'recall' }>): Promise<Stage> {
  const before = life.view
  try {
    const end = await life.during(step, () =>
      runActivity('recallNotice', { billId: life.billId, key: step.delivery, now: Date.now() }, sending(step)),
    )
    return end === 'cancelled' ? await life.look() : await life.adopt(end, before)
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error
    return life.take('recall')
  }
}
