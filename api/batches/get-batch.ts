import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { idParams } from '../../schemas/ids.ts'
import { batchExample, batchSchema } from './batch-schemas.ts'
import { freshBatchView } from './batch-view.ts'

export const getBatchEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/batches/{id}',
  operationId: 'getBatch',
  tag: 'Batches',
  summary: 'Read a batch',
  description: 'Where it stands, and how many of its rows are in which state.',
  consistency: 'strong',
  access: ['bills:read'],
  params: idParams('bat', 'batch'),
  answers: { 200: { description: 'The batch.', schema: batchSchema, example: batchExample } },
  refusals: { 404: ['batch_not_found'] },
  handle: async ({ root, owner, params }) => reply(200, await freshBatchView(root.sql, owner, params.id)),
})
