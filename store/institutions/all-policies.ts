import type { Policy } from '../../domain/policy.ts'
import type { Queryable } from '../connection.ts'

/** The newest version of every policy of an institution, by name. */
export async function allPolicies(sql: Queryable, institutionId: string): Promise<Map<string, Policy>> {
  const rows = await sql<{ name: string; body: Policy }[]>`
    select distinct on (name) name, body from policies where institution_id = ${institutionId} order by name, version desc`
  return new Map(rows.map(({ name, body }) => [name, body]))
}
