import { z } from 'zod'
import { listBatches } from '../../store/batches/batch-row.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { batchExample, batchSchema, batchState } from './batch-schemas.ts'
import { batchView } from './batch-view.ts'

export const listBatchesEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/batches',
  operationId: 'listBatches',
  tag: 'Batches',
  summary: 'List batches',
  description: 'The newest first. `counts` are those of the last time that the engine counted; the batch itself has them as they are now.',
  consistency: 'eventual',
  access: ['bills:read'],
  query: z.strictObject({ ...pageQuery, state: batchState.optional() }),
  answers: {
    200: { description: 'A page of batches.', schema: pageSchema(batchSchema), example: { data: [batchExample], nextCursor: null } },
  },
  refusals: { 400: ['cursor_invalid'] },
  handle: (call) =>
    listPage(call, 'batches', {
      read: (before, limit) => listBatches(call.root.sql, call.owner, { state: call.query.state }, { before, limit }),
      position: ({ id }) => id,
      view: (row) => batchView(row),
    }),
})
