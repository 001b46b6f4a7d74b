import { notFound } from '../../domain/errors.ts'
import type { BillFact } from '../../domain/signals.ts'
import type { Tx } from '../connection.ts'
import type { View } from '../unit/held-bill.ts'
import { oneOf } from '../unit/one-of.ts'
import { type Wake, withBill, withBills } from '../unit/with-bills.ts'
import { applyReceipt, lockDelivery, type Receipt } from './apply-receipt.ts'

export type { Receipt }

const FACTS: Record<Receipt['level'], BillFact> = {
  accepted: 'noticeDelivered',
  delivered: 'noticeDelivered',
  read: 'noticeRead',
  failed: 'deliveryFailed',
  unreachable: 'deliveryFailed',
  returned: 'noticeReturned',
}

/** What a channel says of one delivery. */
export interface ReceiptOf {
  readonly deliveryId: string
  readonly receipt: Receipt
}

/**
 * Records what a channel reports of a delivery. Receipts come twice, late and out of order: what the state table has
 * no edge for is old news and changes nothing. Proof of service moves the bill to `delivered`.
 * @throws GojiError `delivery_not_found`.
 */
export const recordReceipt = (tx: Tx, deliveryId: string, receipt: Receipt, now: number): Promise<Wake[]> =>
  recordReceipts(tx, [{ deliveryId, receipt }], now)

/** The same of many deliveries, in the order given; their bills are locked together. @throws GojiError `delivery_not_found`. */
export async function recordReceipts(tx: Tx, receipts: readonly ReceiptOf[], now: number): Promise<Wake[]> {
  const ids = [...new Set(receipts.map(({ deliveryId }) => deliveryId))]
  const rows = await tx<{ id: string; bill_id: string }[]>`select id, bill_id from deliveries where ${oneOf(tx, 'id', ids)}`
  if (rows.length !== ids.length) throw notFound('delivery')
  const billOf = new Map(rows.map(({ id, bill_id }) => [id, bill_id]))
  const { wakes } = await withBills(tx, [...new Set(billOf.values())], now, async (held) => {
    const byBill = new Map(held.map((one) => [one.bill.id, one]))
    for (const { deliveryId, receipt } of receipts) {
      const bill = byBill.get(billOf.get(deliveryId) ?? '')
      if (bill === undefined) continue
      const line = await applyReceipt(tx, bill, await lockDelivery(tx, deliveryId), receipt, now)
      if (line !== null) bill.fact = { kind: FACTS[receipt.level], subjectId: deliveryId, occurredAt: receipt.at, line }
    }
  })
  return wakes
}

/** Records what a channel answered to the bill's own run, which reads the bill in the same transaction. */
export async function recordAnswer(tx: Tx, sent: { billId: string; deliveryId: string }, receipt: Receipt, now: number): Promise<View> {
  const { result } = await withBill(
    tx,
    sent.billId,
    now,
    async (held, delivery) => {
      await applyReceipt(tx, held, delivery, receipt, now)
      return held.look()
    },
    () => lockDelivery(tx, sent.deliveryId),
  )
  return result
}
