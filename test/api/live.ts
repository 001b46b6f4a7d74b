import { beginDelivery } from '../../store/commands/begin-delivery.ts'
import { takeStep } from '../../store/commands/take-step.ts'
import { transaction } from '../../store/unit/transaction.ts'
import type { World } from './world.ts'

/** Issues a bill as its run would. */
export async function issue(world: World, billId: string): Promise<void> {
  await transaction(world.root.sql, (tx) => takeStep(tx, billId, 'issue', world.root.clock.now()))
}

/** Begins the notice on the first channel of the policy; answers the delivery's id, which is the channel's key for it. */
export async function beginNotice(world: World, billId: string): Promise<string> {
  const begun = await transaction(world.root.sql, (tx) => beginDelivery(tx, billId, 'notice:app', world.root.clock.now()))
  if (!begun.due) throw new Error('the notice was not due')
  return begun.deliveryId
}
