import { z } from 'zod'
import { OBJECTION_STATES } from '../../domain/states/objection.ts'
import type { ObjectionRow } from '../../store/objections/objection-row.ts'
import { exampleId, id } from '../../schemas/ids.ts'
import { moneySchema, wire } from '../../schemas/money.ts'
import { time, toIso, toIsoOrNull } from '../../schemas/time.ts'

const fields = {
  id: id('obj'),
  bill: id('bill'),
  billNumber: z.string(),
  institution: id('ins'),
  state: z.enum(OBJECTION_STATES).meta({ description: '`overtaken`: the bill came to an end before anybody decided; `reason` says how.' }),
  byCitizen: z.boolean().meta({ description: 'True where the citizen objected on the pages, false where the counter recorded it.' }),
  receivedAt: time,
  filedAt: time,
  reason: z.string().nullable(),
  amount: moneySchema.nullable().meta({ description: 'What the bill asks for since, where it was upheld in part.' }),
  decidedAt: time.nullable(),
}

/** In a list, without the citizen's own words. */
export const objectionSummarySchema = z.strictObject(fields).meta({ id: 'ObjectionSummary' })

export const objectionSchema = z
  .strictObject({ ...fields, text: z.string().nullable().meta({ description: "The citizen's own words; null once they were erased." }) })
  .meta({ id: 'Objection' })

export const objectionSummaryExample = {
  id: exampleId('obj'),
  bill: exampleId('bill'),
  billNumber: '2026-11-000123',
  institution: exampleId('ins'),
  state: 'filed',
  byCitizen: true,
  receivedAt: '2026-11-26T02:10:00.000Z',
  filedAt: '2026-11-26T02:10:00.000Z',
  reason: null,
  amount: null,
  decidedAt: null,
}

export const objectionExample = { ...objectionSummaryExample, text: 'I sold the vehicle in June.' }

export const objectionSummaryView = (row: ObjectionRow): object => ({
  id: row.id,
  bill: row.bill_id,
  billNumber: row.bill_number,
  institution: row.institution_id,
  state: row.state,
  byCitizen: row.by_citizen,
  receivedAt: toIso(row.received_at),
  filedAt: toIso(row.filed_at),
  reason: row.reason,
  amount: row.amount_minor === null ? null : wire(row.amount_minor, row.currency),
  decidedAt: toIsoOrNull(row.decided_at),
})

export const objectionView = (row: ObjectionRow & { text: string | null }): object => ({ ...objectionSummaryView(row), text: row.text })
