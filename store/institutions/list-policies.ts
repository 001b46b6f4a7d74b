import type { Policy } from '../../domain/policy.ts'
import type { Queryable } from '../connection.ts'

export interface PolicyRow {
  id: string
  name: string
  version: number
  title_ko: string
  title_en: string
  body: Policy
  created_at: number
}

/** The newest version of each policy of an institution, by name, from the one after `after`. */
export const listPolicies = (sql: Queryable, institutionId: string, page: { after: string | null; limit: number }): Promise<PolicyRow[]> =>
  sql<PolicyRow[]>`
    select distinct on (name) id, name, version, title_ko, title_en, body, created_at from policies
    where institution_id = ${institutionId} and ${page.after === null ? sql`true` : sql`name > ${page.after}`}
    order by name, version desc limit ${page.limit}`

/** The versions of one policy, the newest first, from the one below `below`. */
export const listPolicyVersions = (
  sql: Queryable,
  institutionId: string,
  name: string,
  page: { below: number | null; limit: number },
): Promise<PolicyRow[]> =>
  sql<PolicyRow[]>`
    select id, name, version, title_ko, title_en, body, created_at from policies
    where institution_id = ${institutionId} and name = ${name} and ${page.below === null ? sql`true` : sql`version < ${page.below}`}
    order by version desc limit ${page.limit}`

/** One version of a policy, the newest where none is named; null where there is none. */
export async function readPolicy(sql: Queryable, institutionId: string, name: string, version?: number): Promise<PolicyRow | null> {
  const [row] = await listPolicyVersions(sql, institutionId, name, { below: version === undefined ? null : version + 1, limit: 1 })
  return row && (version === undefined || row.version === version) ? row : null
}
