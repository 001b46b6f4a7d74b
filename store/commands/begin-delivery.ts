import { StoppedError } from '../../domain/errors.ts'
import type { Step } from '../../domain/step.ts'
import type { Tx } from '../connection.ts'
import { stableId, timeOfId } from '../ids.ts'
import { isStopped } from '../providers/provider-stop.ts'
import { lastRestore } from '../restores/last-restore.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { send } from '../unit/transaction.ts'
import { withBill } from '../unit/with-bills.ts'

type SendStep = Extract<Step, { kind: 'send' }>

export type BegunDelivery =
  /** The plan no longer wants it: paid, cancelled, paused or read meanwhile, or already sent. */
  | { readonly due: false }
  | {
      readonly due: true
      readonly deliveryId: string
      readonly channel: string
      readonly attempt: number
      /** An earlier attempt, of ours or of books that were lost, may have taken effect. */
      readonly mayBeSent: boolean
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
    const [address = null, stopped, restored] = await Promise.all([
      addressOf(tx, held.row.citizen_id, step.channel),
      isStopped(tx, 'channel', step.channel),
      lastRestore(tx),
    ])
    if (stopped) {
      const known = await deliveryUnderWay(tx, billId, key)
      if (known === undefined) throw new StoppedError('channel', step.channel)
      return {
        due: true,
        deliveryId: known.id,
        channel: step.channel,
        attempt: known.attempts + 1,
        mayBeSent: true,
        address,
        stopped: true,
      }
    }
    const { id, attempts } = await noteAttempt(tx, held, step, now)
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
    const mayBeSent = attempts > 1 || wasDueBefore(restored, held, step, at)
    return { due: true, deliveryId: id, channel: step.channel, attempt: attempts, mayBeSent, address, stopped: false }
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

/** Books that were put back from an earlier copy may have forgotten what was due, and sent, before that. */
const wasDueBefore = (restored: number | null, { bill }: HeldBill, step: SendStep, at: number): boolean =>
  restored !== null && (at <= restored || (step.purpose === 'notice' && bill.issueAt <= restored))

/**
 * A channel knows a delivery by its id, so it is made of what is delivered: which step of which bill, asking for how much.
 * Books that have forgotten a delivery make the same one again.
 */
async function noteAttempt(tx: Tx, { bill, row }: HeldBill, step: SendStep, now: number): Promise<{ id: string; attempts: number }> {
  if (bill.deliveries.every(({ key }) => key !== step.key)) {
    const id = stableId('dlv', timeOfId(bill.id), bill.id, step.key, bill.chargedMinor.toString())
    send(
      tx,
      tx`
      insert into deliveries (id, bill_id, institution_id, key, purpose, channel, state, attempts, attempted_at, begun_at)
      values (${id}, ${bill.id}, ${row.institution_id}, ${step.key}, ${step.purpose}, ${step.channel}, 'sending', 1, ${now}, ${now})`,
    )
    return { id, attempts: 1 }
  }
  const [delivery] = await tx<{ id: string; attempts: number }[]>`
    update deliveries set state = 'sending', attempts = attempts + 1, attempted_at = ${now}, ended_at = null, recall_asked = false
    where bill_id = ${bill.id} and key = ${step.key} returning id, attempts`
  if (!delivery) throw new Error('the delivery returned no id')
  return delivery
}
