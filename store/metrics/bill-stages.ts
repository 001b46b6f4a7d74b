import type { Queryable } from '../connection.ts'

export interface BillStage {
  stage: string
  status: string
  bills: number
}

/** Pages of the table (8 kB each) that are read at most: about 15,000 bills, some milliseconds. */
const PAGES_MAX = 2_000

/**
 * Bills by stage and status. Exact while the table is small; of a larger one a sample of its pages is read and scaled up,
 * because to count all of it takes as long as it is large. `sampled` is the part that was read.
 */
export async function billStages(sql: Queryable, pagesMax = PAGES_MAX): Promise<{ sampled: number; stages: BillStage[] }> {
  const [size] = await sql<{ pages: bigint }[]>`select pg_relation_size('bills') / 8192 as pages`
  const pages = Number(size?.pages ?? 0n)
  const sampled = pages <= pagesMax ? 1 : pagesMax / pages
  const stages = await sql<BillStage[]>`
    select stage, status, round(count(*) / ${sampled}::double precision)::float8 as bills
    from bills tablesample system (${sampled * 100}::real) group by 1, 2`
  return { sampled, stages }
}
