import { checkoutMachine } from '../../domain/states/checkout.ts'
import { allows, transition } from '../../domain/states/table.ts'
import { checkoutBills } from '../checkouts/checkout-bills.ts'
import { lockCheckout } from '../checkouts/checkout-row.ts'
import type { Tx } from '../connection.ts'
import { type Wake, withBills } from '../unit/with-bills.ts'
import { send } from '../unit/transaction.ts'

/**
 * Ends a checkout that took no money, after the gateway said so, and lets its bills go. Doing it twice changes nothing.
 */
export async function endCheckout(
  tx: Tx,
  checkoutId: string,
  event: 'fail' | 'cancel' | 'expire',
  options: { now: number; code?: string },
): Promise<Wake[]> {
  const { now } = options
  const bills = await checkoutBills(tx, checkoutId)
  const { wakes } = await withBills(
    tx,
    bills.map(({ bill_id }) => bill_id),
    now,
    async (held) => {
      const checkout = await lockCheckout(tx, checkoutId)
      if (!allows(checkoutMachine, checkout.state, event)) return
      const state = transition(checkoutMachine, checkout.state, event)
      send(
        tx,
        tx`update checkouts set state = ${state}, failure_code = ${options.code ?? null}, ended_at = ${now} where id = ${checkoutId}`,
      )
      send(tx, tx`update checkout_bills set outcome = 'released' where checkout_id = ${checkoutId}`)
      for (const one of held) {
        if (one.checkoutId !== checkoutId) continue
        one.claim(null)
        one.log('checkoutEnded', 'engine', { checkoutId, state })
        one.fact = { kind: 'checkoutEnded', subjectId: checkoutId, occurredAt: now, line: `the payment page was left unpaid (${state})` }
      }
    },
  )
  return wakes
}
