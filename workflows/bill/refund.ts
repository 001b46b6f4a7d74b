import type { Stage } from '../../domain/step.ts'
import { runActivity } from '../run-activity.ts'
import type { Life } from './life.ts'

/**
 * Money goes back: what was paid twice, or for a bill that was cancelled meanwhile. The gateway is asked before anything
 * is repeated, for as long as it takes; when it refuses, the money stays owed and the citizen is asked for an account.
 */
export async function refund(life: Life): Promise<Stage> {
  const step = life.due
  if (step?.kind !== 'refund') return life.rest()
  await runActivity('sendRefund', { refundId: step.refundId, now: Date.now() }, 'Give money back to the citizen')
  return life.look()
}
