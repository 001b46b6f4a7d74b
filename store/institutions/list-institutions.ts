import { notFound } from '../../domain/errors.ts'
import type { Queryable } from '../connection.ts'
import type { InstitutionRow } from './read-institution.ts'

/** With what may change, which the row that processes keep has not. */
export interface ListedInstitution extends InstitutionRow {
  /** Minor units; null where no second person is asked. */
  approval_above_minor: bigint | null
}

/** Times are milliseconds; what is undefined is not asked for. */
export interface InstitutionFilter {
  readonly id?: string | undefined
  readonly slug?: string | undefined
  readonly currency?: string | undefined
  readonly createdAfter?: number | undefined
  readonly createdBefore?: number | undefined
}

/** Institutions, the newest first, from the one after `before`. */
export function listInstitutions(
  sql: Queryable,
  { id, slug, currency, createdAfter, createdBefore }: InstitutionFilter,
  page: { before: string | null; limit: number },
): Promise<ListedInstitution[]> {
  const none = sql``
  return sql<ListedInstitution[]>`
    select id, slug, name_ko, name_en, currency, zone, approval_above_minor, created_at from institutions
    where ${page.before === null ? sql`true` : sql`id < ${page.before}`}
      ${id === undefined ? none : sql`and id = ${id}`}
      ${slug === undefined ? none : sql`and slug = ${slug}`}
      ${currency === undefined ? none : sql`and currency = ${currency}`}
      ${createdAfter === undefined ? none : sql`and created_at >= ${createdAfter}`}
      ${createdBefore === undefined ? none : sql`and created_at < ${createdBefore}`}
    order by id desc limit ${page.limit}`
}

/** One of them as it now is. @throws GojiError `institution_not_found`. */
export async function describeInstitution(sql: Queryable, id: string): Promise<ListedInstitution> {
  const [row] = await listInstitutions(sql, { id }, { before: null, limit: 1 })
  if (!row) throw notFound('institution')
  return row
}
