import type { Tx } from '../connection.ts'
import type { View } from '../unit/held-bill.ts'
import { withBill } from '../unit/with-bills.ts'

/**
 * Reads the bill for its run: asks the plan, marks the facts as applied that this reading has seen, and writes when to
 * look again, by which the sweep finds a run that was lost. One row read, one written.
 */
export async function look(tx: Tx, billId: string, now: number): Promise<View> {
  return (await withBill(tx, billId, now, async (held) => held.look())).result
}
