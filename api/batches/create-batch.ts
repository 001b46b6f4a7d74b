import { insertBatch } from '../../store/batches/insert-batch.ts'
import { readInstitution } from '../../store/institutions/read-institution.ts'
import { invalid } from '../../domain/errors.ts'
import { defineEndpoint, institutionOf } from '../define-endpoint.ts'
import { runOnce } from '../run-once.ts'
import { batchExample, batchSchema, newBatchExample, newBatchSchema } from './batch-schemas.ts'
import { freshBatchView } from './batch-view.ts'

export const createBatchEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/batches',
  operationId: 'createBatch',
  tag: 'Batches',
  summary: 'Make a batch of bills',
  description:
    'It waits for its file: upload that with `PUT /v1/batches/{id}/rows`, look at `preview` and the rows that were refused, then `issue` it. Nothing is sent to anybody before that.',
  consistency: 'strong',
  access: ['bills:write'],
  body: newBatchSchema,
  bodyExample: newBatchExample,
  answers: {
    201: {
      description: 'The batch, which waits for its file.',
      schema: batchSchema,
      example: {
        ...batchExample,
        state: 'created',
        rows: 0,
        counts: { received: 0, invalid: 0, issued: 0, failed: 0, withdrawn: 0, kept: 0 },
      },
    },
  },
  refusals: { 403: ['institution_key_needed'], 422: ['card_number_refused', 'currency_differs', 'date_out_of_range', 'text_forbidden'] },
  handle: async (call) => {
    const { root, caller, owner, actor, body, now } = call
    const institution = await readInstitution(root.sql, institutionOf(caller))
    if (body.mapping.currency !== institution.currency)
      throw invalid('currency_differs', `The institution's bills are in ${institution.currency}.`, '/mapping/currency')
    return runOnce(call, async (tx) => {
      const { name, mapping } = body
      const batchId = await insertBatch(tx, { institutionId: institution.id, mode: caller.mode, name, reading: mapping, actor }, now)
      return { status: 201, body: await freshBatchView(tx, owner, batchId) }
    })
  },
})
