import type { Currency } from '../../domain/currencies.ts'
import type { ObjectionState } from '../../domain/states/objection.ts'
import { notFound } from '../../domain/errors.ts'
import type { Queryable } from '../connection.ts'
import { type Owner, ownedBy } from '../owner.ts'

/** An objection without the citizen's own words. Times are milliseconds. */
export interface ObjectionRow {
  id: string
  bill_id: string
  institution_id: string
  bill_number: string
  currency: Currency
  state: ObjectionState
  by_citizen: boolean
  received_at: number
  filed_at: number
  reason: string | null
  amount_minor: bigint | null
  decided_at: number | null
}

export interface ObjectionFilter {
  readonly state?: ObjectionState | undefined
  readonly billId?: string | undefined
  readonly filedAfter?: number | undefined
  readonly filedBefore?: number | undefined
}

const columns = (sql: Queryable): ReturnType<Queryable> =>
  sql`o.id, o.bill_id, o.institution_id, b.bill_number, b.currency, o.state, o.by_citizen, o.received_at, o.filed_at, o.reason, o.amount_minor, o.decided_at`

/** Objections to the caller's bills, the newest first, from the one after `before`. */
export function listObjections(
  sql: Queryable,
  owner: Owner,
  filter: ObjectionFilter,
  page: { before: string | null; limit: number },
): Promise<ObjectionRow[]> {
  const { state, billId, filedAfter, filedBefore } = filter
  const none = sql``
  return sql<ObjectionRow[]>`
    select ${columns(sql)} from objections o join bills b on b.id = o.bill_id where ${ownedBy(sql, owner)}
      ${page.before === null ? none : sql`and o.id < ${page.before}`}
      ${state === undefined ? none : sql`and o.state = ${state}`}
      ${billId === undefined ? none : sql`and o.bill_id = ${billId}`}
      ${filedAfter === undefined ? none : sql`and o.filed_at >= ${filedAfter}`}
      ${filedBefore === undefined ? none : sql`and o.filed_at < ${filedBefore}`}
    order by o.id desc limit ${page.limit}`
}

/** One objection with what the citizen wrote; null where that was erased. @throws GojiError `objection_not_found`, also for another's. */
export async function readObjection(sql: Queryable, owner: Owner, id: string): Promise<ObjectionRow & { text: string | null }> {
  const [row] = await sql<(ObjectionRow & { text: string | null })[]>`
    select ${columns(sql)}, t.text from objections o join bills b on b.id = o.bill_id left join objection_texts t on t.objection_id = o.id
    where o.id = ${id} and ${ownedBy(sql, owner)}`
  if (!row) throw notFound('objection')
  return row
}

export interface LatestObjection {
  id: string
  state: ObjectionState
  reason: string | null
  amount_minor: bigint | null
}

/** The newest objection to a bill, or null where there was none. */
export async function latestObjection(sql: Queryable, billId: string): Promise<LatestObjection | null> {
  const [row] = await sql<LatestObjection[]>`
    select id, state, reason, amount_minor from objections where bill_id = ${billId} order by filed_at desc, id desc limit 1`
  return row ?? null
}
