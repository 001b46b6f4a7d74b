import { WorkflowNotFoundError } from '@temporalio/client'
import type { CancelledCheckout } from '../workflows/messages.ts'
import type { Engine } from './engine.ts'

/**
 * Ends a checkout once the gateway has confirmed that nothing can be paid on it any more.
 * @throws Error when Temporal cannot be reached: then nobody knows, and nothing has changed.
 */
export async function cancelCheckout(engine: Engine, checkoutId: string): Promise<CancelledCheckout> {
  try {
    return await engine.cancelCheckout(checkoutId)
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error
    // Temporal was out of reach when the checkout began: it is started late, only to be ended in order.
    await engine.reportCheckout(checkoutId)
    return engine.cancelCheckout(checkoutId)
  }
}
