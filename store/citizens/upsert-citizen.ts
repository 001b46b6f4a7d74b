import type { Language } from '../../domain/ports/channel.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import { send } from '../unit/transaction.ts'

export interface CitizenInput {
  /** Keyed hash of the person's identifier: the same person is the same citizen for every institution. */
  readonly identifierHash: Buffer
  readonly name: string | null
  readonly language: Language
  /** IANA zone in which the person lives, where it is known. */
  readonly zone?: string | null
  readonly contacts: readonly { readonly channel: string; readonly address: string }[]
}

export interface KnownCitizen {
  id: string
  /** Nothing that the input says is missing; contacts and the zone aside. */
  complete: boolean
}

/** The citizen, if somebody billed that person before. */
export async function findCitizen(tx: Tx, input: CitizenInput): Promise<KnownCitizen | undefined> {
  const [known] = await tx<KnownCitizen[]>`
    select c.id, exists (select from citizen_names n where n.citizen_id = c.id) or ${input.name === null} as complete
    from citizens c where c.identifier_hash = ${input.identifierHash}`
  return known
}

/**
 * Records the citizen where `known` says that there is none. What an institution says of a person it bills only fills
 * gaps: it never overwrites a name, a contact or a preference that is there, so no institution can redirect another's
 * notices. An address from which a letter came back is such a gap.
 */
export async function upsertCitizen(
  tx: Tx,
  input: CitizenInput,
  known: KnownCitizen | undefined,
  { institutionId, now }: { institutionId: string; now: number },
): Promise<string> {
  const id = known?.id ?? (await insertCitizen(tx, input, now))
  if (!known?.complete && input.name !== null) {
    send(tx, tx`insert into citizen_names (citizen_id, name) values (${id}, ${input.name}) on conflict do nothing`)
  }
  if (input.zone) send(tx, tx`update citizens set zone = ${input.zone} where id = ${id} and zone is null`)
  if (input.contacts.length > 0) {
    const rows = input.contacts.map(({ channel, address }) => ({
      citizen_id: id,
      channel,
      address,
      recorded_at: now,
      institution_id: institutionId,
    }))
    send(
      tx,
      tx`
        insert into citizen_contacts ${tx(rows)} on conflict (citizen_id, channel) do update
        set address = excluded.address, recorded_at = excluded.recorded_at, institution_id = excluded.institution_id, returned_at = null, return_reason = null
        where citizen_contacts.returned_at is not null and citizen_contacts.return_reason <> 'deceased' and citizen_contacts.address <> excluded.address`,
    )
  }
  return id
}

async function insertCitizen(tx: Tx, { identifierHash, language }: CitizenInput, now: number): Promise<string> {
  const [made] = await tx<{ id: string }[]>`
    insert into citizens (id, identifier_hash, language, created_at) values (${newId('cit', now)}, ${identifierHash}, ${language}, ${now})
    on conflict do nothing returning id`
  // Somebody else's transaction made it a moment ago: it is committed by now, or the insert would still be waiting.
  const row = made ?? (await tx<{ id: string }[]>`select id from citizens where identifier_hash = ${identifierHash}`)[0]
  if (!row) throw new Error('the citizen was not recorded')
  return row.id
}
