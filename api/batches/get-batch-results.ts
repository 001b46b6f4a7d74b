import { z } from 'zod'
import { readBatch } from '../../store/batches/batch-row.ts'
import { listRows } from '../../store/batches/list-rows.ts'
import type { Queryable } from '../../store/connection.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { idParams } from '../../schemas/ids.ts'
import { RESULTS_HEAD, resultsCsv } from './results-csv.ts'

const ROWS_AT_ONCE = 1_000

export const getBatchResultsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/batches/{id}/results.csv',
  operationId: 'getBatchResults',
  tag: 'Batches',
  summary: 'Download what became of each row',
  description:
    "A CSV file in UTF-8 with a byte order mark, in the order of the batch's own file; a row with several problems has a line for each. A cell that a spreadsheet would take for a formula begins with an apostrophe.",
  consistency: 'strong',
  access: ['bills:read'],
  params: idParams('bat', 'batch'),
  answers: {
    200: {
      description: 'The file.',
      schema: z.string(),
      example:
        'row,state,bill_number,bill,bill_status,amount,currency,code,column,message\n2,issued,2026-11-000123,bill_01hfz3k9q4m7v2x8c5t6w0r3en,delivered,128500,KRW,,,\n',
    },
  },
  answerType: 'text/csv',
  refusals: { 404: ['batch_not_found'] },
  handle: async ({ root, owner, params }) => {
    const { id } = await readBatch(root.sql, owner, params.id)
    return {
      status: 200,
      body: '',
      stream: lines(root.sql, id),
      headers: { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': `attachment; filename="${id}-results.csv"` },
    }
  },
})

async function* lines(sql: Queryable, batchId: string): AsyncGenerator<string> {
  yield RESULTS_HEAD
  for (let after = 0; ;) {
    const rows = await listRows(sql, batchId, {}, { after, limit: ROWS_AT_ONCE })
    if (rows.length > 0) yield resultsCsv(rows)
    if (rows.length < ROWS_AT_ONCE) return
    after = rows.at(-1)?.row ?? after
  }
}
