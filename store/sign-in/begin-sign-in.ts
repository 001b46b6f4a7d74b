import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'

/** Codes that one contact may ask for within the window. */
export const CODES_PER_CONTACT_MAX = 5
const WINDOW_MS = 3_600_000
/** Old requests are of no use beyond the window, and are removed the next time anybody signs in. */
const KEPT_MS = 24 * WINDOW_MS

export interface CodeRequest {
  readonly requestId: string
  readonly contactHash: Buffer
  readonly networkHash: Buffer
  /** Requests of one network within the window; 0 for as many as it likes. */
  readonly networkMax: number
  /** Milliseconds. */
  readonly expiresAt: number
  /** One code for each citizen at the contact; one that belongs to nobody where the contact is unknown. */
  readonly codes: readonly { readonly citizenId: string | null; readonly hash: Buffer }[]
}

/**
 * Records that codes go out, unless the contact or the network has asked too often. An unknown contact is counted like a
 * known one, so the answer tells nobody who is registered.
 */
export async function beginSignIn(tx: Tx, request: CodeRequest, now: number): Promise<'begun' | 'limited'> {
  const { requestId, contactHash, networkHash, networkMax, codes } = request
  // The network before the contact, always: two requests wait for each other and never in a circle.
  await tx`select pg_advisory_xact_lock(hashtextextended(encode(${networkHash}, 'hex'), 1))`
  await tx`select pg_advisory_xact_lock(hashtextextended(encode(${contactHash}, 'hex'), 2))`
  const [asked] = await tx<{ contact: number; network: number }[]>`
    select (select count(distinct request_id) from sign_in_codes where contact_hash = ${contactHash} and created_at > ${now - WINDOW_MS})::int as contact,
      (select count(distinct request_id) from sign_in_codes where network_hash = ${networkHash} and created_at > ${now - WINDOW_MS})::int as network`
  if (!asked || asked.contact >= CODES_PER_CONTACT_MAX || (networkMax > 0 && asked.network >= networkMax)) return 'limited'
  const rows = codes.map(({ citizenId, hash }) => ({
    id: newId('cod', now),
    request_id: requestId,
    citizen_id: citizenId,
    code_hash: hash,
    contact_hash: contactHash,
    network_hash: networkHash,
    created_at: now,
    expires_at: request.expiresAt,
  }))
  await tx`with old as (delete from sign_in_codes where created_at < ${now - KEPT_MS}) insert into sign_in_codes ${tx(rows)}`
  return 'begun'
}
