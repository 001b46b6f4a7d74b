import { z } from 'zod'
import { listBatches } from '../../store/batches/batch-row.ts'
import { makeCursor, pageOf, readCursor } from '../cursor.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { pageQuery, pageSchema } from '../schemas/page.ts'
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
  handle: async ({ root, caller, owner, query }) => {
    const scope = { list: 'batches', caller, filters: query }
    const before = readCursor(root, scope, query.cursor)
    const rows = await listBatches(root.sql, owner, { state: query.state }, { before, limit: query.limit + 1 })
    const page = pageOf(
      rows,
      query.limit,
      ({ id }) => id,
      (at) => makeCursor(root, scope, at),
    )
    return reply(200, { data: page.rows.map((row) => batchView(row)), nextCursor: page.nextCursor })
  },
})
