import { type Reading, readingSchema } from '../../batches/reading.ts'
import { insertBatch } from '../../store/batches/insert-batch.ts'
import { readInstitution } from '../../store/institutions/read-institution.ts'
import { invalid } from '../../domain/errors.ts'
import type { Queryable } from '../../store/connection.ts'
import { listMappings, readMapping } from '../../store/mappings/mapping-row.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { assertCurrency } from '../mappings/mapping-view.ts'
import { runOnce } from '../run-once.ts'
import { batchExample, batchSchema, newBatchExample, newBatchSchema } from './batch-schemas.ts'
import { freshBatchView } from './batch-view.ts'
import { institutionOf } from '../../store/owner.ts'

/** Names that a refusal lists. */
const NAMED_MAX = 20

export const createBatchEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/batches',
  operationId: 'createBatch',
  tag: 'Batches',
  summary: 'Make a batch of bills',
  description:
    'It waits for its file: upload that with `PUT /v1/batches/{id}/rows`, look at `preview` and the rows that were refused, then `issue` it. Nothing is sent to anybody before that. How the file is read is said by a `mapping`, or by the `mappingName` of a stored one.',
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
  refusals: {
    403: ['institution_key_needed'],
    422: ['card_number_refused', 'currency_differs', 'date_out_of_range', 'mapping_twice', 'mapping_unknown', 'text_forbidden'],
  },
  handle: async (call) => {
    const { root, caller, owner, actor, body, now } = call
    const institution = await readInstitution(root.sql, institutionOf(caller))
    return runOnce(call, async (tx) => {
      const { name, mappingName = null } = body
      const reading = await readingOf(tx, institution.id, body)
      assertCurrency(reading, institution.currency)
      const batchId = await insertBatch(tx, { institutionId: institution.id, mode: caller.mode, name, reading, mappingName, actor }, now)
      return { status: 201, body: await freshBatchView(tx, owner, batchId) }
    })
  },
})

/**
 * The mapping that the batch brings, or a copy of the stored one that it names.
 * @throws GojiError (invalid) `property_missing`, `mapping_twice`, `mapping_unknown`.
 */
async function readingOf(
  sql: Queryable,
  institutionId: string,
  { mapping, mappingName }: { readonly mapping?: Reading | undefined; readonly mappingName?: string | undefined },
): Promise<Reading> {
  if (mapping !== undefined && mappingName !== undefined)
    throw invalid('mapping_twice', 'The batch brings a mapping and names a stored one too. Leave one of them out.', '/mappingName')
  if (mapping !== undefined) return mapping
  if (mappingName === undefined)
    throw invalid('property_missing', 'Say how the file is read: by a `mapping`, or by the `mappingName` of a stored one.', '/mapping')
  const stored = await readMapping(sql, institutionId, mappingName)
  if (stored) return readingSchema.parse(stored.reading)
  const there = (await listMappings(sql, institutionId, { after: null, limit: NAMED_MAX })).map(({ name }) => name).join(', ') || 'none'
  throw invalid('mapping_unknown', `The institution has no mapping named "${mappingName}". It has: ${there}.`, '/mappingName')
}
