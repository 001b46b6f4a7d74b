import { ActivityFailure } from '@temporalio/workflow'
import type { Stage, Step } from '../../domain/step.ts'
import { runActivity } from '../run-activity.ts'
import { books } from './books.ts'
import type { Life } from './life.ts'
import { sending } from './story.ts'

/**
 * Sends a notice or reminder while the plan wants it. A channel that does not answer is tried twelve times in 37 to 49
 * minutes (`sendNotice` in timeouts.ts); then the delivery is failed and the plan names the next channel, unless an operator
 * has stopped this one: then it is tried again. A payment, a reading or a pause meanwhile stops it, also between two
 * attempts.
 */
export async function send(life: Life, step: Extract<Step, { kind: 'send' }>): Promise<Stage> {
  const { key, purpose } = step
  const before = life.view
  const close = async (event: 'fail' | 'stop'): Promise<Stage> => {
    const summary = event === 'fail' ? 'Give this channel up: no attempt got through' : 'Stop sending: it is no longer due'
    await books('closeDelivery', { billId: life.billId, key, event, now: Date.now() }, summary)
    return life.look()
  }
  try {
    const end = await life.during(step, () =>
      runActivity('sendNotice', { billId: life.billId, key, purpose, now: Date.now() }, sending(step)),
    )
    return end === 'cancelled' ? await close('stop') : await life.adopt(end, before)
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error
    return close('fail')
  }
}
