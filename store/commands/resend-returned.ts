import { conflict, invalid, notFound } from '../../domain/errors.ts'
import type { ReturnReason } from '../../domain/return-reason.ts'
import { isFinalStatus } from '../../domain/states/bill.ts'
import type { DeliveryState } from '../../domain/states/delivery.ts'
import { giveAddress } from '../citizens/give-address.ts'
import type { Tx } from '../connection.ts'
import type { Owner } from '../owner.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { send } from '../unit/transaction.ts'
import { type Wake, withBills } from '../unit/with-bills.ts'

interface Returned {
  id: string
  bill_id: string
  key: string
  channel: string
  state: DeliveryState
  return_reason: ReturnReason | null
  resend_at: number | null
  citizen_id: string
  status: Parameters<typeof isFinalStatus>[0]
}

/**
 * What came back is sent again, as another delivery: to a new address, or to the same one where the letter was refused.
 * With a new address every other letter to this citizen that came back is sent again too, but none of a citizen who is said
 * to have died: that is decided for each.
 * @throws GojiError `delivery_not_found`; `delivery_not_returned`, `bill_closed`, `contact_of_others` (conflict);
 * `address_missing` (invalid).
 */
export async function resendReturned(
  tx: Tx,
  owner: Owner,
  order: { readonly deliveryId: string; readonly address: string | undefined; readonly actor: string },
  now: number,
): Promise<Wake[]> {
  const [row] = await tx<Returned[]>`
    select d.id, d.bill_id, d.key, d.channel, d.state, d.return_reason, d.resend_at, b.citizen_id, b.status
    from deliveries d join bills b on b.id = d.bill_id where d.id = ${order.deliveryId}`
  if (!row) throw notFound('delivery')
  if (row.state !== 'returned' || row.resend_at !== null)
    throw conflict('delivery_not_returned', 'The delivery has not come back, or is sent again already. Read it once more.')
  if (isFinalStatus(row.status)) throw conflict('bill_closed', `The bill is ${row.status}: nothing more is sent about it.`)
  if (order.address === undefined) {
    if (row.return_reason !== 'refused')
      throw invalid('address_missing', 'Nobody can be reached where it was sent. Give another address.', '/address')
    return resend(tx, [row], order.actor, now)
  }
  await giveAddress(tx, owner, { citizenId: row.citizen_id, channel: row.channel, address: order.address, actor: order.actor }, now)
  const others = await returnedLetters(tx, row.citizen_id, row.channel)
  return resend(tx, [row, ...others.filter(({ id }) => id !== row.id)], order.actor, now)
}

/** Sends again what came back from a citizen's older address on a channel. */
export async function resendTo(tx: Tx, citizenId: string, channel: string, actor: string, now: number): Promise<Wake[]> {
  return resend(tx, await returnedLetters(tx, citizenId, channel), actor, now)
}

const returnedLetters = async (tx: Tx, citizenId: string, channel: string): Promise<Returned[]> => {
  const rows = await tx<Returned[]>`
    select d.id, d.bill_id, d.key, d.channel, d.state, d.return_reason, d.resend_at, b.citizen_id, b.status
    from bills b join deliveries d on d.bill_id = b.id
    where b.citizen_id = ${citizenId} and d.channel = ${channel} and d.state = 'returned' and d.resend_at is null
      and d.purpose = 'notice' and d.return_reason <> 'deceased'`
  return rows.filter(({ status }) => !isFinalStatus(status))
}

async function resend(tx: Tx, letters: readonly Returned[], actor: string, now: number): Promise<Wake[]> {
  const bills = [...new Set(letters.map(({ bill_id }) => bill_id))]
  const { wakes } = await withBills(tx, bills, now, async (held) => {
    for (const bill of held)
      for (const letter of letters.filter(({ bill_id }) => bill_id === bill.bill.id)) resendOne(tx, bill, letter, actor, now)
  })
  return wakes
}

function resendOne(tx: Tx, held: HeldBill, { id, key, channel }: Returned, actor: string, now: number): void {
  const known = held.bill.deliveries.find((delivery) => delivery.key === key)
  if (known?.state !== 'returned') return
  send(tx, tx`update deliveries set resend_at = ${now} where id = ${id}`)
  send(
    tx,
    tx`update exceptions set closed_at = ${now}, closed_by = ${actor}, outcome = 'resent' where kind = 'returnedMail' and subject_id = ${id} and closed_at is null`,
  )
  held.putDelivery({ ...known, resendAt: now })
  held.log('resend', actor, { key, channel })
  held.fact = { kind: 'addressGiven', subjectId: id, occurredAt: now, line: `${key} is sent again` }
}
