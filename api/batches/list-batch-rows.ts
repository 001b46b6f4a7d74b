import { z } from 'zod'
import { readBatch } from '../../store/batches/batch-row.ts'
import { listRows } from '../../store/batches/list-rows.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { idParams } from '../../schemas/ids.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
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
  handle: async (call) => {
    const { root, owner, params, query } = call
    await readBatch(root.sql, owner, params.id)
    return listPage(call, `rows of ${params.id}`, {
      read: (position, limit) => listRows(root.sql, params.id, { state: query.state }, { after: Number(position ?? 0), limit }),
      position: ({ row }) => String(row),
      view: rowView,
    })
  },
})
