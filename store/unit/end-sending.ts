import type { Delivery } from '../../domain/bill.ts'
import { deliveryMachine } from '../../domain/states/delivery.ts'
import { transition } from '../../domain/states/table.ts'
import type { Tx } from '../connection.ts'
import type { HeldBill } from './held-bill.ts'
import { send } from './transaction.ts'

/** Ends a delivery that is still being sent: given up after its last attempt (`fail`), or no longer wanted (`stop`). */
export function endSending(tx: Tx, held: HeldBill, delivery: Delivery, event: 'fail' | 'stop', now: number): void {
  const { key, channel } = delivery
  const state = transition(deliveryMachine, delivery.state, event)
  send(
    tx,
    tx`
    update deliveries set state = ${state}, ended_at = ${now}, failure_kind = ${event === 'fail' ? 'technical' : null},
      failure_code = ${event === 'fail' ? 'attempts_exhausted' : null}
    where bill_id = ${held.bill.id} and key = ${key}`,
  )
  held.putDelivery({ ...delivery, state, endedAt: now })
  held.log(state, 'engine', { key, channel })
}

/**
 * Ends what is still being sent for a bill that is over, once its run has seen that. Its run is not always there to do it:
 * it may have been lost between two attempts, or an attempt was repeated after the end and found nothing to do.
 */
export function endSendingOfClosed(tx: Tx, held: HeldBill, now: number): void {
  if (!held.looked || held.plan().stage !== 'closed') return
  for (const delivery of held.bill.deliveries.filter(({ state }) => state === 'sending')) endSending(tx, held, delivery, 'stop', now)
}
