import type { Tx } from '../connection.ts'
import { withBill } from '../unit/with-bills.ts'

/** Notes that the gateway was asked for a settlement that is late, so that the plan names the next time to ask. */
export async function recordSettlementAsk(tx: Tx, billId: string, key: string, now: number): Promise<void> {
  await withBill(tx, billId, now, async (held) => {
    if (held.plan().step?.key !== key) return
    held.change({ settlementAsks: held.bill.settlementAsks + 1 })
    held.log('settlementAsked', 'engine', { times: held.bill.settlementAsks })
  })
}
