import type { Language } from '../../domain/ports/channel.ts'
import type { Queryable } from '../connection.ts'

export interface Addressee {
  citizen_id: string
  channel: string
  /** As it is registered, which is where messages go. */
  address: string
  language: Language
  name: string | null
}

/** Everybody who has registered this address, in any of its spellings; a family may share one. */
export const citizensOfAddress = (sql: Queryable, spellings: readonly string[]): Promise<Addressee[]> =>
  sql<Addressee[]>`
    select distinct on (k.citizen_id) k.citizen_id, k.channel, k.address, c.language, n.name
    from citizen_contacts k join citizens c on c.id = k.citizen_id left join citizen_names n on n.citizen_id = k.citizen_id
    where k.address = any(${spellings as string[]}) order by k.citizen_id, k.channel limit 10`
