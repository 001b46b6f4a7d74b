import type { Queryable } from '../connection.ts'
import type { InstitutionRow } from './read-institution.ts'

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
): Promise<InstitutionRow[]> {
  const none = sql``
  return sql<InstitutionRow[]>`
    select id, slug, name_ko, name_en, currency, zone, created_at from institutions
    where ${page.before === null ? sql`true` : sql`id < ${page.before}`}
      ${id === undefined ? none : sql`and id = ${id}`}
      ${slug === undefined ? none : sql`and slug = ${slug}`}
      ${currency === undefined ? none : sql`and currency = ${currency}`}
      ${createdAfter === undefined ? none : sql`and created_at >= ${createdAfter}`}
      ${createdBefore === undefined ? none : sql`and created_at < ${createdBefore}`}
    order by id desc limit ${page.limit}`
}
