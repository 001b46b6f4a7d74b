import { z } from 'zod'
import { assertOwned } from '../../store/bills/assert-owned.ts'
import { fileObjection } from '../../store/commands/file-objection.ts'
import { readObjection } from '../../store/objections/objection-row.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { runOnce } from '../run-once.ts'
import { idParams } from '../../schemas/ids.ts'
import { letter, LETTER_MAX } from '../../schemas/text.ts'
import { instant, toMs } from '../../schemas/time.ts'
import { objectionExample, objectionSchema, objectionView } from './objection-view.ts'

const body = z
  .strictObject({
    text: letter(LETTER_MAX).meta({ description: "The citizen's own words. Kept apart from the log, so that they can be erased." }),
    receivedAt: instant
      .optional()
      .meta({ description: 'When it came, if that was before now: whether it came in time is judged by this.' }),
  })
  .meta({ id: 'NewObjection' })

export const createObjectionEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/bills/{id}/objections',
  operationId: 'createObjection',
  tag: 'Objections',
  summary: 'Record an objection that came to your counter',
  description:
    'Stops the clocks of the bill that its policy lists until the objection is decided. Citizens object on the pages by themselves.',
  consistency: 'strong',
  access: ['bills:write'],
  params: idParams('bill', 'bill'),
  body,
  bodyExample: { text: 'I sold the vehicle in June.', receivedAt: '2026-11-25T09:00:00+09:00' },
  answers: { 201: { description: 'The objection.', schema: objectionSchema, example: { ...objectionExample, byCitizen: false } } },
  refusals: {
    404: ['bill_not_found'],
    409: ['bill_closed', 'bill_not_issued', 'bill_paid', 'objection_late', 'objection_not_foreseen', 'objection_open'],
    422: ['card_number_refused', 'date_out_of_range', 'received_in_future', 'text_forbidden'],
  },
  handle: (call) =>
    runOnce(call, async (tx) => {
      const { owner, params, body: given, actor, now } = call
      await assertOwned(tx, owner, params.id)
      const receivedAt = toMs(given.receivedAt) ?? now
      const { objectionId, wakes } = await fileObjection(
        tx,
        { billId: params.id, text: given.text, byCitizen: false, receivedAt, actor },
        now,
      )
      return { status: 201, body: objectionView(await readObjection(tx, owner, objectionId)), wakes }
    }),
})
