import type { Language } from '../../domain/ports/channel.ts'
import { notFound } from '../../domain/errors.ts'
import type { Queryable } from '../connection.ts'

export interface Preferences {
  readonly language: Language
  /** Channels in the citizen's order; those that are missing follow in the policy's. */
  readonly preferredChannels: readonly string[]
  /** Where quiet hours are kept; null for the institutions' own zones. */
  readonly zone: string | null
  readonly contacts: readonly { readonly channel: string; readonly address: string; readonly returned: boolean }[]
}

/** @throws GojiError `citizen_not_found`. */
export async function readPreferences(sql: Queryable, citizenId: string): Promise<Preferences> {
  const [row] = await sql<
    {
      language: Language
      preferred_channels: string[]
      zone: string | null
      contacts: { channel: string; address: string; returned: boolean }[]
    }[]
  >`
    select c.language, c.preferred_channels, c.zone,
      coalesce((select json_agg(json_build_object('channel', k.channel, 'address', k.address, 'returned', k.returned_at is not null) order by k.channel) from citizen_contacts k where k.citizen_id = c.id), '[]') as contacts
    from citizens c where c.id = ${citizenId}`
  if (!row) throw notFound('citizen')
  return { language: row.language, preferredChannels: row.preferred_channels, zone: row.zone, contacts: row.contacts }
}
