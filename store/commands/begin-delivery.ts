import type { Step } from '../../domain/step.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import { withBill } from '../unit/with-bills.ts'

export type BegunDelivery =
  /** The plan no longer wants it: paid, cancelled, paused or read meanwhile, or already sent. */
  | { readonly due: false }
  | {
      readonly due: true
      readonly deliveryId: string
      readonly channel: string
      /** Above one: an earlier attempt may have taken effect. */
      readonly attempt: number
      /** The citizen's address on the channel, or null where there is none. */
      readonly address: string | null
    }

/**
 * Records that a notice is about to be sent, before it is: under the bill's row lock and only if the plan still says
 * so. A payment that was recorded a moment ago therefore stops it.
 */
export async function beginDelivery(tx: Tx, billId: string, key: string, now: number): Promise<BegunDelivery> {
  const { result } = await withBill(tx, billId, now, async (held): Promise<BegunDelivery> => {
    const { step, at } = held.plan()
    if (step?.kind !== 'send' || step.key !== key || at === null || at > now) return { due: false }
    const { id, attempts } = await upsertDelivery(tx, billId, held.row.institution_id, step, now)
    if (attempts === 1) held.log('sending', 'engine', { key, channel: step.channel })
    held.putDelivery({
      key,
      purpose: step.purpose,
      channel: step.channel,
      state: 'sending',
      attemptedAt: now,
      acceptedAt: null,
      deliveredAt: null,
      readAt: null,
      endedAt: null,
    })
    const [contact] = await tx<
      { address: string }[]
    >`select address from citizen_contacts where citizen_id = ${held.row.citizen_id} and channel = ${step.channel} and returned_at is null`
    return { due: true, deliveryId: id, channel: step.channel, attempt: attempts, address: contact?.address ?? null }
  })
  return result
}

async function upsertDelivery(
  tx: Tx,
  billId: string,
  institutionId: string,
  step: Extract<Step, { kind: 'send' }>,
  now: number,
): Promise<{ id: string; attempts: number }> {
  const [row] = await tx<{ id: string; attempts: number }[]>`
    insert into deliveries (id, bill_id, institution_id, key, purpose, channel, state, attempts, attempted_at)
    values (${newId('dlv', now)}, ${billId}, ${institutionId}, ${step.key}, ${step.purpose}, ${step.channel}, 'sending', 1, ${now})
    on conflict (bill_id, key) do update set state = 'sending', attempts = deliveries.attempts + 1, attempted_at = excluded.attempted_at, ended_at = null, recall_asked = false
    returning id, attempts`
  if (!row) throw new Error('the delivery returned no id')
  return row
}
