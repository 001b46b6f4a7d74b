import { z } from 'zod'
import { type Reading, readingSchema } from '../../batches/reading.ts'
import type { Currency } from '../../domain/currencies.ts'
import { invalid, notFound } from '../../domain/errors.ts'
import type { Queryable } from '../../store/connection.ts'
import { type MappingRow, readMapping } from '../../store/mappings/mapping-row.ts'
import { id, slug } from '../../schemas/ids.ts'
import { time, toIso } from '../../schemas/time.ts'

/** A mapping on the wire; it is read in full by the same schema. */
export const mappingSchema = readingSchema.meta({
  id: 'Mapping',
  description: 'How the file is read: docs/mapping.md explains each field.',
})

export const mappingExample: z.input<typeof mappingSchema> = {
  currency: 'KRW',
  language: 'ko',
  dateFormat: 'YYYY.MM.DD',
  amountFormat: '1,234.50',
  columns: { billNumber: '고지번호', citizen: '납부자번호', citizenName: '성명', amount: '납부금액', dueDate: '납기' },
  defaults: { policy: 'vehicle-tax', title: '2026년 제2기 자동차세' },
  contacts: [{ channel: 'email', column: '이메일' }],
}

export const mappingParams = z.strictObject({ id: id('ins'), name: slug.meta({ example: 'vehicle-tax' }) }).meta({ noun: 'mapping' })

export const newStoredMappingSchema = z.strictObject({ mapping: mappingSchema }).meta({ id: 'NewStoredMapping' })

export const storedMappingSchema = z
  .strictObject({ name: z.string(), mapping: mappingSchema, createdAt: time, changedAt: time })
  .meta({ id: 'StoredMapping' })

export const storedMappingExample = {
  name: 'vehicle-tax',
  mapping: readingSchema.parse(mappingExample),
  createdAt: '2026-11-24T00:00:00.000Z',
  changedAt: '2026-11-24T00:00:00.000Z',
}

export const storedMappingView = ({ name, reading, created_at: createdAt, changed_at: changedAt }: MappingRow): object => ({
  name,
  mapping: reading,
  createdAt: toIso(createdAt),
  changedAt: toIso(changedAt),
})

/** @throws GojiError `mapping_not_found`. */
export async function namedMapping(sql: Queryable, institutionId: string, name: string): Promise<MappingRow> {
  const row = await readMapping(sql, institutionId, name)
  if (!row) throw notFound('mapping')
  return row
}

/** @throws GojiError (invalid) `currency_differs`: all bills of an institution are in its currency. */
export function assertCurrency(mapping: Reading, currency: Currency): void {
  if (mapping.currency !== currency) throw invalid('currency_differs', `The institution's bills are in ${currency}.`, '/mapping/currency')
}
