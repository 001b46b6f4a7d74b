import type { Session } from '../../domain/ports/gateway.ts'
import { checkoutMachine } from '../../domain/states/checkout.ts'
import { allows, transition } from '../../domain/states/table.ts'
import { lockCheckout } from '../checkouts/checkout-row.ts'
import type { Tx } from '../connection.ts'
import { send } from '../unit/transaction.ts'

/** Records the gateway's payment page. A checkout that has ended meanwhile keeps its end. */
export async function openCheckout(tx: Tx, checkoutId: string, session: Session): Promise<void> {
  const checkout = await lockCheckout(tx, checkoutId)
  if (!allows(checkoutMachine, checkout.state, 'open')) return
  send(
    tx,
    tx`
    update checkouts set state = ${transition(checkoutMachine, checkout.state, 'open')}, session_reference = ${session.reference}, session_url = ${session.url}
    where id = ${checkoutId}`,
  )
}
