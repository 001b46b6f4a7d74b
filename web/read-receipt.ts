import { type Root } from '../composition/root.ts'
import { recordReceipt } from '../store/commands/record-receipt.ts'
import { openableDeliveries } from '../store/deliveries/openable-deliveries.ts'
import { transaction } from '../store/unit/transaction.ts'
import type { Wake } from '../store/unit/with-bills.ts'
import { INBOX } from './inbox.ts'
import type { Visitor } from './http/visitor.ts'

/**
 * Records that a bill was opened: by the citizen, in the inbox that these pages are; by whoever followed a link, the
 * delivery that carried it. Answers the facts that the bill's run has to hear of.
 */
export async function recordOpened(
  root: Pick<Root, 'sql'>,
  visitor: Visitor,
  bill: { readonly id: string; readonly citizenId: string },
  now: number,
): Promise<Wake[]> {
  const channel = visitor.session?.citizenId === bill.citizenId ? INBOX : null
  const deliveryId = visitor.links.find(({ billId }) => billId === bill.id)?.deliveryId ?? null
  const deliveries = await openableDeliveries(root.sql, bill.id, { channel, deliveryId })
  const wakes: Wake[] = []
  for (const { id, reference } of deliveries) {
    // The channel's own reference stays: this receipt is ours, not another one of the channel's.
    wakes.push(...(await transaction(root.sql, (tx) => recordReceipt(tx, id, { level: 'read', at: now, reference: reference ?? id }, now))))
  }
  return wakes
}
