import { ActivityFailure, condition } from '@temporalio/workflow'
import type { Stage, Step } from '../../domain/step.ts'
import { runActivity } from '../run-activity.ts'
import { AFTER_REFUSAL } from '../timeouts.ts'
import type { Life } from './life.ts'
import { send } from './send.ts'

/**
 * Money goes back: what was paid twice, after a cancellation or otherwise too much, where the policy does not keep it, and
 * what somebody ordered to go back. The gateway is asked before anything is repeated, for as long as it takes; when it
 * refuses, the money stays owed and the citizen is asked for an account.
 * What our own books refuse is our mistake: it is tried again every hour, and never ends the run.
 */
export async function refund(life: Life, step: Step): Promise<Stage> {
  if (step.kind === 'send') return send(life, step)
  if (step.kind !== 'refund') {
    await life.rest()
    return life.look()
  }
  try {
    await runActivity('sendRefund', { refundId: step.refundId, now: Date.now() }, 'Give money back to the citizen')
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error
    await condition(() => life.woken, AFTER_REFUSAL, { summary: 'Until the refund is tried again, which the books refused to record' })
  }
  return life.look()
}
