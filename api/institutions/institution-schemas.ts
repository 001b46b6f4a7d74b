import { z } from 'zod'
import { CURRENCIES } from '../../domain/currencies.ts'
import { SCOPES } from '../../store/keys/insert-api-key.ts'
import type { ListedInstitution } from '../../store/institutions/list-institutions.ts'
import { exampleId, id } from '../../schemas/ids.ts'
import { moneySchema, wire } from '../../schemas/money.ts'
import { time, toIso } from '../../schemas/time.ts'
import { INSTITUTION_SCOPES } from '../../schemas/key-scopes.ts'

export const institutionSchema = z
  .strictObject({
    id: id('ins'),
    slug: z.string(),
    name: z.strictObject({ ko: z.string(), en: z.string() }),
    currency: z.enum(CURRENCIES as [string, ...string[]]),
    zone: z.string(),
    approvalAbove: moneySchema
      .nullable()
      .meta({ description: 'What one person may give back of a bill; above it a second one has to agree. Null: no second one is asked.' }),
    createdAt: time,
  })
  .meta({ id: 'Institution' })

export const keySchema = z
  .strictObject({
    id: id('key'),
    mode: z.enum(['test', 'live']),
    scopes: z.array(z.enum(SCOPES)),
    expiresAt: time.nullable().meta({ description: 'Null where it is in force until it is ended.' }),
    secret: z
      .string()
      .nullable()
      .meta({ description: 'Shown this once and kept nowhere: null when the request is repeated. Make another key if it was lost.' }),
  })
  .meta({ id: 'ApiKey' })

export const institutionView = (row: ListedInstitution): object => ({
  id: row.id,
  slug: row.slug,
  name: { ko: row.name_ko, en: row.name_en },
  currency: row.currency,
  zone: row.zone,
  approvalAbove: row.approval_above_minor === null ? null : wire(row.approval_above_minor, row.currency),
  createdAt: toIso(row.created_at),
})

export const institutionExample = {
  id: exampleId('ins'),
  slug: 'hangang-city',
  name: { ko: '한강시청', en: 'Hangang City' },
  currency: 'KRW',
  zone: 'Asia/Seoul',
  approvalAbove: null,
  createdAt: '2026-11-24T00:00:00.000Z',
}

/** Not of a real key's length, so that nobody takes it for one. */
export const keyExample = { id: exampleId('key'), mode: 'test', scopes: [...INSTITUTION_SCOPES], expiresAt: null, secret: 'goji_test_…' }
