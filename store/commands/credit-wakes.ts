import { SWEPT } from '../../domain/signals.ts'
import { billsAwaitingCredit } from '../bills/bills-awaiting-credit.ts'
import type { Tx } from '../connection.ts'
import type { Wake } from '../unit/with-bills.ts'

/** Another bill takes the credit that has just come of this bill's money, and its run has to look. */
export async function creditWakes(tx: Tx, billId: string): Promise<Wake[]> {
  const others = await billsAwaitingCredit(tx, { from: [billId], limit: 1 })
  const line = 'the citizen has paid too much elsewhere'
  return others.map((other) => ({ billId: other, kind: SWEPT, factId: '', line }))
}
