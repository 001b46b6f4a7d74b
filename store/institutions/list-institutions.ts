import type { Queryable } from '../connection.ts'
import type { InstitutionRow } from './read-institution.ts'

/** Institutions, the newest first, from the one after `before`. */
export const listInstitutions = (sql: Queryable, page: { before: string | null; limit: number }): Promise<InstitutionRow[]> =>
  sql<InstitutionRow[]>`
    select id, slug, name_ko, name_en, currency, zone, created_at from institutions
    where ${page.before === null ? sql`true` : sql`id < ${page.before}`} order by id desc limit ${page.limit}`
