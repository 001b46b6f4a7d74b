import { servedAt } from '../../domain/chain.ts'
import type { ChannelReceipt } from '../../domain/ports/channel.ts'
import { allows, transition } from '../../domain/states/table.ts'
import { type DeliveryEvent, deliveryMachine, type DeliveryState } from '../../domain/states/delivery.ts'
import { notFound } from '../../domain/errors.ts'
import type { BillFact } from '../../domain/signals.ts'
import type { Tx } from '../connection.ts'
import type { HeldBill, View } from '../unit/held-bill.ts'
import { type Wake, withBill } from '../unit/with-bills.ts'
import { send } from '../unit/transaction.ts'

export type Receipt = ChannelReceipt | { readonly level: 'unreachable'; readonly at: number }

const EVENTS: Record<Receipt['level'], DeliveryEvent> = {
  accepted: 'accept',
  delivered: 'deliver',
  read: 'read',
  failed: 'fail',
  unreachable: 'findUnreachable',
}
const FACTS: Record<Receipt['level'], BillFact> = {
  accepted: 'noticeDelivered',
  delivered: 'noticeDelivered',
  read: 'noticeRead',
  failed: 'deliveryFailed',
  unreachable: 'deliveryFailed',
}

interface DeliveryRow {
  id: string
  bill_id: string
  key: string
  purpose: 'notice' | 'reminder'
  channel: string
  state: DeliveryState
  attempted_at: number
  accepted_at: number | null
  delivered_at: number | null
  read_at: number | null
  ended_at: number | null
}

/**
 * Records what a channel reports of a delivery. Receipts come twice, late and out of order: what the state table has
 * no edge for is old news and changes nothing. Proof of service moves the bill to `delivered`.
 * @throws GojiError `delivery_not_found`.
 */
export async function recordReceipt(tx: Tx, deliveryId: string, receipt: Receipt, now: number): Promise<Wake[]> {
  const [found] = await tx<{ bill_id: string }[]>`select bill_id from deliveries where id = ${deliveryId}`
  if (!found) throw notFound('delivery')
  const { wakes } = await withBill(tx, found.bill_id, now, async (held) => {
    const line = await applyReceipt(tx, held, deliveryId, receipt, false)
    if (line !== null)
      held.fact = {
        kind: FACTS[receipt.level],
        subjectId: deliveryId,
        occurredAt: receipt.at,
        line,
      }
  })
  return wakes
}

/**
 * Records what a channel answered to the bill's own run, which reads the bill in the same transaction.
 * `possibleDuplicate`: an earlier attempt may have shown the message too.
 */
export async function recordAnswer(
  tx: Tx,
  sent: { billId: string; deliveryId: string },
  receipt: Receipt,
  options: { now: number; possibleDuplicate: boolean },
): Promise<View> {
  const { result } = await withBill(tx, sent.billId, options.now, async (held) => {
    await applyReceipt(tx, held, sent.deliveryId, receipt, options.possibleDuplicate)
    return held.look()
  })
  return result
}

/** Answers a line for the story when the delivery moved, null when the receipt was old news. */
async function applyReceipt(
  tx: Tx,
  held: HeldBill,
  deliveryId: string,
  receipt: Receipt,
  possibleDuplicate: boolean,
): Promise<string | null> {
  const [row] = await tx<DeliveryRow[]>`select * from deliveries where id = ${deliveryId} for update`
  const event = EVENTS[receipt.level]
  if (!row || !allows(deliveryMachine, row.state, event)) return null
  const after = apply(row, transition(deliveryMachine, row.state, event), receipt)
  send(
    tx,
    tx`
      update deliveries set state = ${after.state}, accepted_at = ${after.accepted_at}, delivered_at = ${after.delivered_at}, read_at = ${after.read_at},
        ended_at = ${after.ended_at}, reference = coalesce(${'reference' in receipt ? receipt.reference : null}, reference),
        failure_kind = ${receipt.level === 'failed' ? receipt.kind : null}, failure_code = ${receipt.level === 'failed' ? receipt.code : null},
        possible_duplicate = possible_duplicate or ${possibleDuplicate}
      where id = ${deliveryId}`,
  )
  held.putDelivery({
    key: row.key,
    purpose: row.purpose,
    channel: row.channel,
    state: after.state,
    attemptedAt: row.attempted_at,
    acceptedAt: after.accepted_at,
    deliveredAt: after.delivered_at,
    readAt: after.read_at,
    endedAt: after.ended_at,
  })
  if (after.state === row.state) return null
  held.log(after.state, 'engine', {
    key: row.key,
    channel: row.channel,
    ...(receipt.level === 'failed' ? { kind: receipt.kind, code: receipt.code } : {}),
  })
  if (held.bill.status === 'issued' && servedAt(held.bill, held.policy) !== null) held.move('serve')
  return `${row.key} on ${row.channel}: ${after.state}`
}

/** A read notice was delivered and accepted too, whatever the channel had said before. */
function apply(row: DeliveryRow, state: DeliveryState, receipt: Receipt): DeliveryRow {
  const { at, level } = receipt
  if (level === 'failed' || level === 'unreachable') return { ...row, state, ended_at: at }
  return {
    ...row,
    state,
    accepted_at: row.accepted_at ?? at,
    delivered_at: level === 'accepted' ? row.delivered_at : (row.delivered_at ?? at),
    read_at: level === 'read' ? (row.read_at ?? at) : row.read_at,
    ended_at: null,
  }
}
