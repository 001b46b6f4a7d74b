import type { Queryable } from '../connection.ts'

/** What a citizen sees of a bill beside its sums and dates. */
export interface BillFace {
  id: string
  title: string
  details: { label: string; value: string }[]
  institution_ko: string
  institution_en: string
  policy_ko: string
  policy_en: string
  zone: string
}

export const billFaces = (sql: Queryable, ids: readonly string[]): Promise<BillFace[]> =>
  sql<BillFace[]>`
    select b.id, b.title, b.details, i.name_ko as institution_ko, i.name_en as institution_en, p.title_ko as policy_ko, p.title_en as policy_en, i.zone
    from bills b join institutions i on i.id = b.institution_id join policies p on p.id = b.policy_id
    where b.id = any(${ids as string[]})`
