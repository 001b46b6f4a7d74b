import type { Queryable } from '../connection.ts'

/** What a bill's answer says beside its sums, dates and deliveries. */
export interface BillDescription {
  title: string
  details: { label: string; value: string }[]
  policy_name: string
  policy_version: number
  created_at: number
  changed_at: number
  pauses: { reason: string; from: number; until: number | null }[]
}

export async function describeBill(sql: Queryable, billId: string): Promise<BillDescription> {
  const [row] = await sql<BillDescription[]>`
    select b.title, b.details, p.name as policy_name, p.version as policy_version, b.created_at, b.changed_at,
      coalesce((select json_agg(json_build_object('reason', s.reason, 'from', (extract(epoch from s.from_at) * 1000)::bigint,
        'until', (extract(epoch from s.until_at) * 1000)::bigint) order by s.seq) from pauses s where s.bill_id = b.id), '[]') as pauses
    from bills b join policies p on p.id = b.policy_id where b.id = ${billId}`
  if (!row) throw new Error(`bill ${billId} is missing`)
  return row
}
