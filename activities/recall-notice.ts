import { beginRecall, recordRecallAnswer } from '../store/commands/recall-delivery.ts'
import { look } from '../store/commands/look.ts'
import type { View } from '../store/unit/held-bill.ts'
import { transaction } from '../store/unit/transaction.ts'
import { CALL_LIMIT_MS, withHeartbeat } from './heartbeat.ts'
import { laterOf, type Ports } from './ports.ts'

/** Takes back what nobody needs any more. Asking twice is harmless: a channel answers the same. */
export const recallActivities = (ports: Ports) => ({
  recallNotice: async ({ billId, key, now }: { billId: string; key: string; now: number }): Promise<View> => {
    const begun = await transaction(ports.sql, (tx) => beginRecall(tx, billId, key, laterOf(now, ports)))
    if (begun === null) return transaction(ports.sql, (tx) => look(tx, billId, laterOf(now, ports)))
    const channel = ports.channel(begun.channel)
    const outcome = (await withHeartbeat(CALL_LIMIT_MS, async (signal) => channel.recall?.(begun.deliveryId, signal))) ?? 'tooLate'
    return transaction(ports.sql, (tx) => recordRecallAnswer(tx, { billId, key }, outcome, laterOf(now, ports)))
  },
})
