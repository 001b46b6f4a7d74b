import { conflict } from '../../domain/errors.ts'
import type { Currency } from '../../domain/currencies.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import { appendLog } from '../log/append-log.ts'

export interface NewInstitution {
  readonly slug: string
  readonly name: { readonly ko: string; readonly en: string }
  readonly currency: Currency
  readonly zone: string
}

/** @throws GojiError `institution_taken` (conflict). */
export async function insertInstitution(tx: Tx, input: NewInstitution, now: number): Promise<string> {
  const id = newId('ins', now)
  const inserted = await tx`
    insert into institutions (id, slug, name_ko, name_en, currency, zone, created_at)
    values (${id}, ${input.slug}, ${input.name.ko}, ${input.name.en}, ${input.currency}, ${input.zone}, ${now}) on conflict (slug) do nothing`
  if (inserted.count === 0) throw conflict('institution_taken', `There is an institution "${input.slug}" already.`, '/slug')
  await appendLog(tx, `institution:${id}`, { at: now, action: 'created', actor: 'operator', body: { slug: input.slug } })
  return id
}
