import type { Stage } from '../../domain/step.ts'
import type { Life } from './life.ts'

/**
 * Nothing left to send: the bill waits for the money. It falls due, and long after that it is handed back to the
 * institution, never while a payment page is open. The payment itself is recorded and shared out by the checkout; this
 * run only hears of it. What is paid after a cancellation goes back to the citizen by the refund stage.
 */
export async function pay(life: Life): Promise<Stage> {
  const step = life.due
  if (step === null) return life.rest()
  if (step.kind === 'fallDue' || step.kind === 'handBack') return life.take(step.kind)
  return life.look()
}
