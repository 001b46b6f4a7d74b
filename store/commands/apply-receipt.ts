import type { DeliveryPurpose } from '../../domain/bill.ts'
import type { ChannelReceipt } from '../../domain/ports/channel.ts'
import { disprovesAddress, type ReturnReason } from '../../domain/return-reason.ts'
import { type DeliveryEvent, deliveryMachine, type DeliveryState } from '../../domain/states/delivery.ts'
import { allows, transition } from '../../domain/states/table.ts'
import type { Tx } from '../connection.ts'
import { costOf } from '../deliveries/cost-of.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { send } from '../unit/transaction.ts'
import { proveService, takeBackService } from './prove-service.ts'

export type Receipt = ChannelReceipt | { readonly level: 'unreachable'; readonly at: number }

const EVENTS: Record<Receipt['level'], DeliveryEvent> = {
  accepted: 'accept',
  delivered: 'deliver',
  read: 'read',
  failed: 'fail',
  unreachable: 'findUnreachable',
  returned: 'return',
}

export interface DeliveryRow {
  id: string
  bill_id: string
  key: string
  purpose: DeliveryPurpose
  channel: string
  state: DeliveryState
  attempted_at: number
  accepted_at: number | null
  delivered_at: number | null
  read_at: number | null
  ended_at: number | null
  recall_asked: boolean
  return_reason: ReturnReason | null
  resend_at: number | null
  task_opened: boolean
  cost_minor: bigint | null
}

/** Lock the delivery's bill first. Undefined where there is no such delivery. */
export async function lockDelivery(tx: Tx, deliveryId: string): Promise<DeliveryRow | undefined> {
  const [row] = await tx<DeliveryRow[]>`select * from deliveries where id = ${deliveryId} for update`
  return row
}

/**
 * Applies a receipt to a delivery of a held bill. Answers a line for the story when the delivery moved, null when the
 * receipt was old news: what the state table has no edge for changes nothing.
 */
export async function applyReceipt(
  tx: Tx,
  held: HeldBill,
  row: DeliveryRow | undefined,
  receipt: Receipt,
  now: number,
): Promise<string | null> {
  const event = EVENTS[receipt.level]
  if (!row || !allows(deliveryMachine, row.state, event)) return null
  const after = apply(row, transition(deliveryMachine, row.state, event), receipt, held)
  send(
    tx,
    tx`
      update deliveries set state = ${after.state}, accepted_at = ${after.accepted_at}, delivered_at = ${after.delivered_at}, read_at = ${after.read_at},
        ended_at = ${after.ended_at}, reference = coalesce(${'reference' in receipt ? receipt.reference : null}, reference),
        failure_kind = ${receipt.level === 'failed' ? receipt.kind : null}, failure_code = ${receipt.level === 'failed' ? receipt.code : null},
        return_reason = ${after.return_reason}, cost_minor = ${after.cost_minor}
      where id = ${row.id}`,
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
    recallAsked: row.recall_asked,
    returnReason: after.return_reason,
    resendAt: row.resend_at,
    taskOpened: row.task_opened,
  })
  if (after.state === row.state) return null
  if (receipt.level === 'returned' && disprovesAddress(receipt.reason)) disproveAddress(tx, held, row, receipt)
  held.log(after.state, 'engine', {
    key: row.key,
    channel: row.channel,
    ...(receipt.level === 'failed' ? { kind: receipt.kind, code: receipt.code } : {}),
    ...(receipt.level === 'returned' ? { reason: receipt.reason } : {}),
  })
  if (receipt.level === 'returned') await takeBackService(tx, held, now)
  else proveService(held)
  return `${row.key} on ${row.channel}: ${after.state}`
}

/** A read notice was delivered and accepted too, whatever the channel had said before. */
function apply(row: DeliveryRow, state: DeliveryState, receipt: Receipt, held: HeldBill): DeliveryRow {
  const { at, level } = receipt
  if (level === 'failed' || level === 'unreachable') return { ...row, state, ended_at: at }
  if (level === 'returned') return { ...row, state, ended_at: at, return_reason: receipt.reason }
  return {
    ...row,
    state,
    accepted_at: row.accepted_at ?? at,
    delivered_at: level === 'accepted' ? row.delivered_at : (row.delivered_at ?? at),
    read_at: level === 'read' ? (row.read_at ?? at) : row.read_at,
    ended_at: null,
    return_reason: null,
    cost_minor: row.cost_minor ?? costOf(row.channel, receipt.cost, held.bill.currency, held.policy),
  }
}

/** Nothing more goes to the address that the letter was sent to; one that was given since is another. */
function disproveAddress(tx: Tx, held: HeldBill, row: DeliveryRow, receipt: Extract<Receipt, { level: 'returned' }>): void {
  send(
    tx,
    tx`
      update citizen_contacts set returned_at = ${receipt.at}, return_reason = ${receipt.reason}
      where citizen_id = ${held.row.citizen_id} and channel = ${row.channel} and recorded_at <= ${row.attempted_at} and returned_at is null`,
  )
}
