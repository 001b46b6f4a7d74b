import type { Policy } from '../../domain/policy.ts'
import type { Queryable } from '../connection.ts'

export interface PolicyVersion {
  version: number
  title_ko: string
  title_en: string
  body: Policy
}

/** The newest version of a policy, or null. */
export async function newestPolicy(sql: Queryable, institutionId: string, name: string): Promise<PolicyVersion | null> {
  const [row] = await sql<PolicyVersion[]>`
    select version, title_ko, title_en, body from policies where institution_id = ${institutionId} and name = ${name} order by version desc limit 1`
  return row ?? null
}
