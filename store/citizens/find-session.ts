import type { Language } from '../../domain/ports/channel.ts'
import type { Queryable } from '../connection.ts'

export interface Session {
  readonly citizenId: string
  /** The citizen's own setting. */
  readonly language: Language
}

/** The session with this hash if it is in force at `now`, else null. */
export async function findSession(sql: Queryable, hash: Buffer, now: number): Promise<Session | null> {
  const [row] = await sql<{ citizen_id: string; language: Language }[]>`
    select s.citizen_id, c.language from citizen_sessions s join citizens c on c.id = s.citizen_id where s.hash = ${hash} and s.expires_at > ${now}`
  return row ? { citizenId: row.citizen_id, language: row.language } : null
}
