import { z } from 'zod'
import { BATCH_STATES } from '../../domain/states/batch.ts'
import { ROW_STATES } from '../../domain/states/batch-row.ts'
import { BILL_STATUSES } from '../../domain/states/bill.ts'
import { mappingExample, mappingSchema } from '../mappings/mapping-view.ts'
import { exampleId, id, slug } from '../../schemas/ids.ts'
import { moneySchema } from '../../schemas/money.ts'
import { text } from '../../schemas/text.ts'
import { time } from '../../schemas/time.ts'

export const batchState = z.enum(BATCH_STATES).meta({ description: 'Where the batch stands. docs/state-machines.md draws every move.' })
export const rowState = z.enum(ROW_STATES).meta({ description: 'Where the row stands.' })

export const newBatchSchema = z
  .strictObject({
    name: text(120).meta({ description: 'What people call it. No personal data.' }),
    mapping: mappingSchema.optional(),
    mappingName: slug.optional().meta({
      description:
        'In place of `mapping`: the name of one that the institution has stored. The batch keeps a copy, which later changes leave alone.',
    }),
  })
  .meta({ id: 'NewBatch' })

export const newBatchExample: z.input<typeof newBatchSchema> = { name: '2026년 제2기 자동차세', mapping: mappingExample }

export const rowCountsSchema = z
  .strictObject(
    Object.fromEntries(ROW_STATES.map((state) => [state, z.number().int()])) as Record<(typeof ROW_STATES)[number], z.ZodNumber>,
  )
  .meta({ id: 'RowCounts' })

export const batchSchema = z
  .strictObject({
    id: id('bat'),
    institution: id('ins'),
    mode: z.enum(['test', 'live']),
    name: z.string(),
    state: batchState,
    rows: z.number().int().meta({ description: 'Rows of the file in all.' }),
    counts: rowCountsSchema.meta({ description: 'Rows by state.' }),
    mappingName: z.string().nullable().meta({ description: 'The stored mapping that it was made with; null where it brought its own.' }),
    sha256: z.string().nullable().meta({ description: 'Of the file, in hex; null until it is there.' }),
    reason: z.string().nullable(),
    createdAt: time,
    changedAt: time,
    links: z.strictObject({ self: z.string(), rows: z.string(), events: z.string(), preview: z.string(), results: z.string() }),
  })
  .meta({ id: 'Batch' })

const path = `/v1/batches/${exampleId('bat')}`

export const batchExample = {
  id: exampleId('bat'),
  institution: exampleId('ins'),
  mode: 'test',
  name: '2026년 제2기 자동차세',
  state: 'issuing',
  rows: 100_000,
  counts: { received: 61_840, invalid: 12, issued: 38_147, failed: 1, withdrawn: 0, kept: 0 },
  mappingName: 'vehicle-tax',
  sha256: '4f8b42c22dd3729b519ba6f68d2da7cc5b2d606d05daed5ad5128cc03e6c6358',
  reason: null,
  createdAt: '2026-11-24T00:00:00.000Z',
  changedAt: '2026-11-24T00:04:10.000Z',
  links: { self: path, rows: `${path}/rows`, events: `${path}/events`, preview: `${path}/preview`, results: `${path}/results.csv` },
}

const problemSchema = z
  .strictObject({
    code: z.string().meta({ description: 'As a bill of its own would be refused.' }),
    column: z.string().meta({ description: "The file's own word for the column." }),
    pointer: z.string().meta({ description: 'Field of the bill; empty where it is about the whole row.' }),
    message: z.string(),
  })
  .meta({ id: 'RowProblem' })

export const batchRowSchema = z
  .strictObject({
    row: z.number().int().meta({ description: 'As a spreadsheet counts the rows of the file.' }),
    state: rowState,
    billNumber: z.string().nullable(),
    amount: moneySchema.nullable(),
    problems: z.array(problemSchema),
    bill: id('bill').nullable(),
    billStatus: z.enum(BILL_STATUSES).nullable().meta({ description: 'Of the bill, as it is now.' }),
  })
  .meta({ id: 'BatchRow' })

export const batchRowExample = {
  row: 318,
  state: 'invalid',
  billNumber: '2026-11-000317',
  amount: null,
  problems: [
    {
      code: 'amount_malformed',
      column: '납부금액',
      pointer: '/amount/amount',
      message:
        '"12.500" cannot be read. The mapping says 1,234.50. An amount in KRW is a decimal string with exactly 0 digits after the point, such as "12500".',
    },
  ],
  bill: null,
  billStatus: null,
}
