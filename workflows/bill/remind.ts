import type { Stage, Step } from '../../domain/step.ts'
import type { Life } from './life.ts'
import { send } from './send.ts'

/**
 * Served and unpaid: reminders go out by the channel that worked, until the money comes or a checkout is under way. Which
 * ones and when is the policy's `reminders`, dated by `domain/reminders.ts`.
 */
export function remind(life: Life, step: Step): Promise<Stage> {
  if (step.kind === 'send') return send(life, step)
  return life.look()
}
