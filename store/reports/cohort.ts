import type { Queryable } from '../connection.ts'
import { type Owner, ownedBy } from '../owner.ts'

/** Which bills a report is about: those received from one day until another, both included, by their institution's calendar. */
export interface Cohort {
  readonly owner: Owner
  /** `YYYY-MM-DD`. */
  readonly from: string | undefined
  readonly to: string | undefined
}

/** The condition on `bills b` and `institutions i`. */
export const inCohort = (sql: Queryable, { owner, from, to }: Cohort): ReturnType<Queryable> => sql`
  ${ownedBy(sql, owner)}
  ${from === undefined ? sql`` : sql`and b.created_at >= (${from}::date::timestamp at time zone i.zone)`}
  ${to === undefined ? sql`` : sql`and b.created_at < ((${to}::date + 1)::timestamp at time zone i.zone)`}`
