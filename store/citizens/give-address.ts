import { conflict, notFound } from '../../domain/errors.ts'
import type { Tx } from '../connection.ts'
import type { Owner } from '../owner.ts'
import { appendLog } from '../log/append-log.ts'

export interface NewAddress {
  readonly citizenId: string
  readonly channel: string
  readonly address: string
  /** Who gives it, for the log. */
  readonly actor: string
}

/** The citizen of an identifier, where the caller has a bill of theirs. @throws GojiError `citizen_not_found`. */
export async function citizenOf(tx: Tx, owner: Owner, identifierHash: Buffer): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    select c.id from citizens c where c.identifier_hash = ${identifierHash} and exists (
      select from bills b where b.citizen_id = c.id and b.mode = ${owner.mode}
        and ${owner.institutionId === null ? tx`true` : tx`b.institution_id = ${owner.institutionId}`})`
  if (!row) throw notFound('citizen')
  return row.id
}

/**
 * Replaces a citizen's address on a channel. An institution may replace one that it gave itself, or from which a letter
 * came back; nobody may redirect what others send. False: it is that address already, and nothing came back from it.
 * @throws GojiError `contact_of_others` (conflict).
 */
export async function giveAddress(tx: Tx, owner: Owner, input: NewAddress, now: number): Promise<boolean> {
  const { citizenId, channel, address, actor } = input
  // The row is the lock under which the citizen's log is appended.
  await tx`select id from citizens where id = ${citizenId} for no key update`
  const [known] = await tx<{ address: string; institution_id: string | null; returned_at: number | null }[]>`
    select address, institution_id, returned_at from citizen_contacts where citizen_id = ${citizenId} and channel = ${channel}`
  if (known?.returned_at === null && known.address === address) return false
  if (known?.returned_at === null && owner.institutionId !== null && known.institution_id !== owner.institutionId) {
    throw conflict('contact_of_others', 'The citizen has an address there that did not come from you, and nothing came back from it.')
  }
  await tx`
    insert into citizen_contacts (citizen_id, channel, address, recorded_at, institution_id) values (${citizenId}, ${channel}, ${address}, ${now}, ${owner.institutionId})
    on conflict (citizen_id, channel) do update set address = excluded.address, recorded_at = excluded.recorded_at,
      institution_id = excluded.institution_id, returned_at = null, return_reason = null`
  await appendLog(tx, `citizen:${citizenId}`, { at: now, action: 'addressGiven', actor, body: { channel } })
  return true
}
