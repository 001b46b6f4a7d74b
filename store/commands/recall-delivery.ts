import type { RecallOutcome } from '../../domain/ports/channel.ts'
import { type DeliveryEvent, deliveryMachine, type DeliveryState } from '../../domain/states/delivery.ts'
import { allows, transition } from '../../domain/states/table.ts'
import type { Tx } from '../connection.ts'
import type { HeldBill, View } from '../unit/held-bill.ts'
import { send } from '../unit/transaction.ts'
import { withBill } from '../unit/with-bills.ts'

/** What is to be taken back, or null where the plan no longer says so. */
export type BegunRecall = { readonly deliveryId: string; readonly channel: string } | null

/** Re-checks under the bill's lock that a delivery is to be taken back. */
export async function beginRecall(tx: Tx, billId: string, key: string, now: number): Promise<BegunRecall> {
  const { result } = await withBill(tx, billId, now, async (held): Promise<BegunRecall> => {
    const { step } = held.plan()
    if (step?.kind !== 'recall' || step.delivery !== key) return null
    const [row] = await tx<{ id: string }[]>`select id from deliveries where bill_id = ${billId} and key = ${key}`
    return row ? { deliveryId: row.id, channel: step.channel } : null
  })
  return result
}

/** Records what the channel answered to the bill's own run, which reads the bill in the same transaction. */
export async function recordRecallAnswer(
  tx: Tx,
  { billId, key }: { billId: string; key: string },
  outcome: RecallOutcome,
  now: number,
): Promise<View> {
  const { result } = await withBill(tx, billId, now, async (held) => {
    await recordRecall(tx, held, key, outcome, now)
    return held.look()
  })
  return result
}

/** What the answer means for a delivery of which we may not know whether the channel has it. */
const EVENTS: Record<RecallOutcome, DeliveryEvent> = { recalled: 'recall', tooLate: 'accept', unknown: 'stop' }

export async function recordRecall(tx: Tx, held: HeldBill, key: string, outcome: RecallOutcome, now: number): Promise<void> {
  const [row] = await tx<{ id: string; state: DeliveryState; channel: string }[]>`
    select id, state, channel from deliveries where bill_id = ${held.bill.id} and key = ${key} for update`
  const known = held.bill.deliveries.find((delivery) => delivery.key === key)
  if (!row || !known) return
  const event = EVENTS[outcome]
  const state = allows(deliveryMachine, row.state, event) ? transition(deliveryMachine, row.state, event) : row.state
  const over = state === 'recalled' || state === 'stopped'
  const acceptedAt = state === 'accepted' ? (known.acceptedAt ?? now) : known.acceptedAt
  const endedAt = over ? (known.endedAt ?? now) : state === 'accepted' ? null : known.endedAt
  send(
    tx,
    tx`
      update deliveries set state = ${state}, recall_asked = true, accepted_at = ${acceptedAt}, ended_at = ${endedAt},
        cost_minor = ${state === 'recalled' ? null : tx`cost_minor`}
      where id = ${row.id}`,
  )
  held.putDelivery({ ...known, state, acceptedAt, endedAt, recallAsked: true })
  held.log(state === 'recalled' ? 'recalled' : 'recallRefused', 'engine', { key, channel: row.channel, ...(over ? {} : { outcome }) })
}
