import type { Stage, Step } from '../../domain/step.ts'
import type { Life } from './life.ts'
import { recall } from './recall.ts'
import { send } from './send.ts'

/**
 * The chain of channels (`domain/chain.ts`). One that cannot reach the citizen hands over to the next at once, a silent one after its
 * waiting time; a receipt, a payment or a cancellation ends the chain, and what is still under way then is taken back.
 * A letter that came back goes to the next channel or to a person. A notice that asks for no money is concluded
 * here, once its service is proven.
 */
export function deliver(life: Life, step: Step): Promise<Stage> {
  if (step.kind === 'conclude') return life.take('conclude')
  if (step.kind === 'askAboutReturn') return life.take('askAboutReturn')
  if (step.kind === 'recall') return recall(life, step)
  if (step.kind === 'send') return send(life, step)
  return life.look()
}
