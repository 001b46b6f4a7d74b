import { ActivityFailure } from '@temporalio/workflow'
import type { Stage, Step } from '../../domain/step.ts'
import { runActivity } from '../run-activity.ts'
import type { Life } from './life.ts'
import { sending } from './story.ts'

/**
 * Takes back what the citizen does not need any more: read elsewhere, paid, cancelled, amended (`domain/recall.ts` says
 * what is still needed). Paper that was handed over is stopped this way until its batch is closed for the print house; what
 * was not handed over yet is not begun, as the plan no longer asks for it. A channel that cannot be asked is asked
 * again for some minutes (`recallNotice` in timeouts.ts); then it is noted that the delivery goes its way, and the bill goes
 * on.
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
