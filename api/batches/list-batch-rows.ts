import { z } from 'zod'
import { readBatch } from '../../store/batches/batch-row.ts'
import { listRows } from '../../store/batches/list-rows.ts'
import { makeCursor, pageOf, readCursor } from '../cursor.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { idParams } from '../schemas/ids.ts'
import { pageQuery, pageSchema } from '../schemas/page.ts'
import { batchRowExample, batchRowSchema, rowState } from './batch-schemas.ts'
import { rowView } from './batch-view.ts'

export const listBatchRowsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/batches/{id}/rows',
  operationId: 'listBatchRows',
  tag: 'Batches',
  summary: 'List the rows of a batch',
  description: "In the file's order, each with what is wrong with it or with its bill.",
  consistency: 'strong',
  access: ['bills:read'],
  params: idParams('bat', 'batch'),
  query: z.strictObject({ ...pageQuery, state: rowState.optional() }),
  answers: {
    200: { description: 'A page of rows.', schema: pageSchema(batchRowSchema), example: { data: [batchRowExample], nextCursor: null } },
  },
  refusals: { 400: ['cursor_invalid'], 404: ['batch_not_found'] },
  handle: async ({ root, caller, owner, params, query }) => {
    await readBatch(root.sql, owner, params.id)
    const scope = { list: `rows of ${params.id}`, caller, filters: query }
    const after = Number(readCursor(root, scope, query.cursor) ?? 0)
    const rows = await listRows(root.sql, params.id, { state: query.state }, { after, limit: query.limit + 1 })
    const page = pageOf(
      rows,
      query.limit,
      ({ row }) => String(row),
      (at) => makeCursor(root, scope, at),
    )
    return reply(200, { data: page.rows.map(rowView), nextCursor: page.nextCursor })
  },
})
