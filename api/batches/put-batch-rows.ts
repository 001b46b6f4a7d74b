import { randomUUID } from 'node:crypto'
import { type Reading, readingSchema } from '../../batches/reading.ts'
import { beginUpload, finishUpload } from '../../store/batches/upload.ts'
import { allPolicies } from '../../store/institutions/all-policies.ts'
import { readInstitution } from '../../store/institutions/read-institution.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { XLSX } from '../http/content-type.ts'
import { idParams } from '../../schemas/ids.ts'
import { batchExample, batchSchema } from './batch-schemas.ts'
import { freshBatchView } from './batch-view.ts'
import { checkRows } from './check-rows.ts'
import { loadRows } from './load-rows.ts'
import { UPLOAD_BYTES_MAX, withUpload } from './spool.ts'

export const putBatchRowsEndpoint = defineEndpoint({
  method: 'put',
  path: '/v1/batches/{id}/rows',
  operationId: 'putBatchRows',
  tag: 'Batches',
  summary: 'Upload the file of a batch',
  description:
    'The body is the file itself, CSV or an Excel workbook, of up to 256 MiB and 1,048,576 rows; it streams, with or without a length. Each row is checked as a bill of its own would be and kept with what is wrong with it. ' +
    'Send it again after a lost answer or a cut connection: the same file is the same upload, and one that was cut off has left nothing that counts.',
  consistency: 'strong',
  access: ['bills:write'],
  params: idParams('bat', 'batch'),
  input: { bytesMax: UPLOAD_BYTES_MAX, types: ['text/csv', XLSX, 'application/octet-stream'], stream: true },
  answers: {
    200: {
      description: 'The file was read: the batch is ready, with so many rows valid and so many refused.',
      schema: batchSchema,
      example: { ...batchExample, state: 'ready', counts: { ...batchExample.counts, received: 99_988, issued: 0, failed: 0 } },
    },
  },
  refusals: {
    404: ['batch_not_found'],
    409: ['batch_has_file', 'batch_upload_replaced'],
    422: [
      'batch_too_long',
      'bills_file_binary',
      'bills_file_empty',
      'bills_file_encoding',
      'bills_file_malformed',
      'bills_file_too_large',
      'bills_header_wrong',
      'bills_sheet_unknown',
    ],
    503: ['uploads_busy'],
  },
  handle: async (call) => {
    const { root, caller, owner, actor, params, stream, slowest, now } = call
    // Told before anything is uploaded for nothing.
    await freshBatchView(root.sql, owner, params.id)
    return withUpload(stream, slowest.pace, async ({ file, sha256 }) => {
      const uploadId = randomUUID()
      const { batch, known } = await beginUpload(root.sql, { owner, batchId: params.id, uploadId, sha256 }, now)
      if (!known) {
        const institution = await readInstitution(root.sql, batch.institution_id)
        const policies = await allPolicies(root.sql, institution.id)
        const reading: Reading = readingSchema.parse(batch.reading)
        const upload = { owner, batchId: batch.id, institutionId: institution.id, uploadId, now, numberColumn: reading.columns.billNumber }
        await loadRows(root.sql, upload, checkRows(file, { root, caller, actor, institution, reading, policies, now }))
        await transaction(root.sql, (tx) => finishUpload(tx, { owner, batchId: batch.id, uploadId, sha256, actor }, now))
      }
      return reply(200, await freshBatchView(root.sql, owner, batch.id))
    })
  },
})
