import { ActivityFailure, condition } from '@temporalio/workflow'
import type { Stage, Step } from '../../domain/step.ts'
import { runActivity } from '../run-activity.ts'
import { AFTER_REFUSAL } from '../timeouts.ts'
import type { Life } from './life.ts'

/**
 * Nothing left to send: the bill waits for the money. It falls due, costs more while it is late, and long after that it is
 * handed back to the institution, never while a payment page is open. The payment itself is recorded and shared out by the
 * checkout; this run only hears of it, and takes the citizen's credit by itself.
 *
 * A page that is still open on a bill which was cancelled, amended or has expired is ended here. What is paid after all, on
 * that page or by a late transfer, and is not owed any more, is excess: the policy's `onExcess` says whether it goes back by
 * the refund stage, is held for a person, or is kept as the citizen's credit.
 */
export async function pay(life: Life, step: Step): Promise<Stage> {
  if (
    step.kind === 'fallDue' ||
    step.kind === 'surcharge' ||
    step.kind === 'handBack' ||
    step.kind === 'expire' ||
    step.kind === 'useCredit'
  )
    return life.take(step.kind)
  if (step.kind === 'endCheckout') await endCheckout(life)
  return life.look()
}

/** The gateway is asked until it answers: the page took money, which is shared out as ever, or none can come any more. */
async function endCheckout(life: Life): Promise<void> {
  try {
    await runActivity(
      'stopCheckout',
      { billId: life.billId, now: Date.now() },
      'End the payment page, which asks for what is no longer due',
    )
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error
    await condition(() => life.woken, AFTER_REFUSAL, { summary: 'Until the payment page is ended again, which our own books refused' })
  }
}
