import { z } from 'zod'
import { type BatchOrder, orderBatch } from '../../store/commands/order-batch.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import type { Endpoint } from '../endpoint.ts'
import { runOnce } from '../run-once.ts'
import { idParams } from '../../schemas/ids.ts'
import { text } from '../../schemas/text.ts'
import { batchExample, batchSchema } from './batch-schemas.ts'
import { freshBatchView } from './batch-view.ts'

const reason = text(300).meta({ description: 'Kept in the log for good: no personal data.' })
const reasonSchema = z.strictObject({ reason }).meta({ id: 'BatchOrder' })
const issueSchema = z
  .strictObject({
    invalidRows: z
      .enum(['refuse', 'skip'])
      .default('refuse')
      .meta({ description: 'Whether rows that were refused hold up the batch, or are left out.' }),
  })
  .meta({ id: 'IssueBatch' })

interface OrderBody {
  readonly reason?: string
  readonly invalidRows?: 'refuse' | 'skip'
}

function order(described: {
  readonly event: BatchOrder['event']
  readonly summary: string
  readonly description: string
  readonly example: OrderBody
  readonly refusals?: readonly string[]
}): Endpoint {
  const { event, summary, description, example, refusals = [] } = described
  return defineEndpoint({
    method: 'post',
    path: `/v1/batches/{id}/${event}`,
    operationId: `${event}Batch`,
    tag: 'Batches',
    summary,
    description,
    consistency: 'strong',
    access: ['bills:write'],
    params: idParams('bat', 'batch'),
    body: (event === 'issue' ? issueSchema : reasonSchema) as z.ZodType<OrderBody>,
    bodyExample: example,
    answers: { 200: { description: 'The batch after it.', schema: batchSchema, example: batchExample } },
    refusals: { 404: ['batch_not_found'], 409: ['batch_transition_illegal', ...refusals], 422: ['card_number_refused', 'text_forbidden'] },
    handle: async (call) => {
      const { owner, params, body, actor, now } = call
      const done: { atWork?: boolean } = {}
      const answer = await runOnce(call, async (tx) => {
        const { reason: why = null } = body
        const { atWork } = await orderBatch(
          tx,
          { owner, batchId: params.id, event, actor, reason: why, skipInvalid: body.invalidRows === 'skip' },
          now,
        )
        done.atWork = atWork
        return { status: 200, body: await freshBatchView(tx, owner, params.id) }
      })
      if (done.atWork) await call.tell('runBatch', (engine) => engine.runBatch(params.id))
      return answer
    },
  })
}

export const issueBatchEndpoint = order({
  event: 'issue',
  summary: 'Issue the bills of a batch',
  description: 'Its rows become bills one after the other, at the pace at which the workers issue them. Read the batch for how far it is.',
  example: { invalidRows: 'refuse' },
  refusals: ['batch_empty', 'batch_rows_invalid'],
})
export const pauseBatchEndpoint = order({
  event: 'pause',
  summary: 'Pause a batch',
  description: 'No further row becomes a bill until it is resumed. Bills that are there go on.',
  example: { reason: 'The amounts are being checked' },
})
export const resumeBatchEndpoint = order({
  event: 'resume',
  summary: 'Resume a batch',
  description: 'It goes on where it was paused.',
  example: { reason: 'The amounts are right' },
})
export const cancelBatchEndpoint = order({
  event: 'cancel',
  summary: 'Cancel a batch',
  description: 'No further row becomes a bill, for good. Bills that are there stay and go on; `undo` takes them back.',
  example: { reason: 'A newer file has come' },
})
export const rerunBatchEndpoint = order({
  event: 'rerun',
  summary: 'Run again what failed',
  description: 'Only rows that are `failed` have another turn, once what they failed for is put right.',
  example: { reason: 'The policy is there now' },
  refusals: ['batch_has_no_failures'],
})
export const undoBatchEndpoint = order({
  event: 'undo',
  summary: 'Take a wrong batch back',
  description:
    'Every bill of it that nobody has paid any of is cancelled, and a payment that is under way goes back by itself. Bills that were paid, or have ended otherwise, stay: their rows are `kept` and say why.',
  example: { reason: 'The wrong file was loaded' },
})
