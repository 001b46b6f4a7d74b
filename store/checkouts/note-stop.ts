import { isPayable } from '../../domain/states/bill.ts'
import type { Tx } from '../connection.ts'
import { withBill } from '../unit/with-bills.ts'
import { send } from '../unit/transaction.ts'

/**
 * Notes why the checkout that holds a bill is about to be ended, for the page that the citizen comes back to, and answers
 * which one it is. Null where none holds the bill, or where the bill asks again for what the page asks for.
 */
export async function noteStop(tx: Tx, billId: string, now: number): Promise<string | null> {
  const { result } = await withBill(tx, billId, now, async (held) => {
    const { step, at } = held.plan()
    if (held.checkoutId === null || step?.kind !== 'endCheckout' || at === null || at > now) return null
    const { status, checkoutStale } = held.bill
    const because = !isPayable(status) ? 'billClosed' : checkoutStale ? 'billAmended' : 'billExpired'
    send(tx, tx`update checkouts set stopped_because = ${because} where id = ${held.checkoutId} and ended_at is null`)
    return held.checkoutId
  })
  return result
}
