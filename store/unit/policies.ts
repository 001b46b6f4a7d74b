import type { Policy } from '../../domain/policy.ts'
import type { Queryable } from '../connection.ts'

/** Versions of policies never change, so each process reads one once. Far more than any deployment has at a time. */
const CACHED_MAX = 5_000
const cached = new Map<string, Policy>()

/** @throws Error when a bill names a policy that is not there, which the foreign key rules out. */
export async function policyOf(sql: Queryable, policyId: string): Promise<Policy> {
  const known = cached.get(policyId)
  if (known) return known
  const [row] = await sql<{ body: Policy }[]>`select body from policies where id = ${policyId}`
  if (!row) throw new Error(`policy ${policyId} is missing`)
  if (cached.size >= CACHED_MAX) cached.clear()
  cached.set(policyId, row.body)
  return row.body
}
