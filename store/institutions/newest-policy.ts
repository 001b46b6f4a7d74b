import type { Policy } from '../../domain/policy.ts'
import type { Tx } from '../connection.ts'

export interface PolicyVersion {
  version: number
  title_ko: string
  title_en: string
  body: Policy
}

/** The newest version of a policy, or null. Locks the institution, so that nobody adds one until the transaction ends. */
export async function newestPolicy(tx: Tx, institutionId: string, name: string): Promise<PolicyVersion | null> {
  const [row] = await tx<PolicyVersion[]>`
    with held as materialized (select id from institutions where id = ${institutionId} for update)
    select p.version, p.title_ko, p.title_en, p.body from held join policies p on p.institution_id = held.id
    where p.name = ${name} order by p.version desc limit 1`
  return row ?? null
}
