import { StoppedError } from '../../domain/errors.ts'
import type { Step } from '../../domain/step.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import { isStopped } from '../providers/provider-stop.ts'
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
      /** An operator has stopped the channel since an earlier attempt: what became of that is asked, and nothing is sent. */
      readonly stopped: boolean
    }

/**
 * Records that a notice is about to be sent, before it is: under the bill's row lock and only if the plan still says
 * so. A payment that was recorded a moment ago therefore stops it. So does an operator who has stopped the channel.
 * @throws StoppedError where nothing was handed to the channel before; nothing is recorded then.
 */
export async function beginDelivery(tx: Tx, billId: string, key: string, now: number): Promise<BegunDelivery> {
  const { result } = await withBill(tx, billId, now, async (held): Promise<BegunDelivery> => {
    const { step, at } = held.plan()
    if (step?.kind !== 'send' || step.key !== key || at === null || at > now) return { due: false }
    const [address = null, stopped] = await Promise.all([
      addressOf(tx, held.row.citizen_id, step.channel),
      isStopped(tx, 'channel', step.channel),
    ])
    if (stopped) {
      const known = await deliveryUnderWay(tx, billId, key)
      if (known === undefined) throw new StoppedError('channel', step.channel)
      return { due: true, deliveryId: known.id, channel: step.channel, attempt: known.attempts + 1, address, stopped: true }
    }
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
    return { due: true, deliveryId: id, channel: step.channel, attempt: attempts, address, stopped: false }
  })
  return result
}

async function addressOf(tx: Tx, citizenId: string, channel: string): Promise<string | undefined> {
  const [contact] = await tx<
    { address: string }[]
  >`select address from citizen_contacts where citizen_id = ${citizenId} and channel = ${channel} and returned_at is null`
  return contact?.address
}

async function deliveryUnderWay(tx: Tx, billId: string, key: string): Promise<{ id: string; attempts: number } | undefined> {
  const [row] = await tx<
    { id: string; attempts: number }[]
  >`select id, attempts from deliveries where bill_id = ${billId} and key = ${key} and state = 'sending'`
  return row
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
