import type { Currency } from '../../domain/currencies.ts'
import { notFound } from '../../domain/errors.ts'
import type { Queryable } from '../connection.ts'

export interface InstitutionRow {
  id: string
  slug: string
  name_ko: string
  name_en: string
  currency: Currency
  zone: string
  created_at: number
}

/** Rows of institutions are never changed, so each process reads one once. Far more than any deployment has. */
const CACHED_MAX = 5_000
const cached = new Map<string, InstitutionRow>()

/** @throws GojiError `institution_not_found`. */
export async function readInstitution(sql: Queryable, id: string): Promise<InstitutionRow> {
  const known = cached.get(id)
  if (known) return known
  const [row] = await sql<
    InstitutionRow[]
  >`select id, slug, name_ko, name_en, currency, zone, created_at from institutions where id = ${id}`
  if (!row) throw notFound('institution')
  if (cached.size >= CACHED_MAX) cached.clear()
  cached.set(id, row)
  return row
}
