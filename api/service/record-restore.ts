import { z } from 'zod'
import { recordRestore } from '../../store/restores/record-restore.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { runOnce } from '../run-once.ts'
import { time, toIso } from '../../schemas/time.ts'

const schema = z.strictObject({ at: time }).meta({ id: 'Restore' })

export const recordRestoreEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/diagnosis/restores',
  operationId: 'recordRestore',
  tag: 'Service',
  summary: 'Say that the books were put back from an older copy',
  description:
    'Call it before the workers start again. From then on channels and gateways are asked about whatever was due before, instead of being told to do it; a letter by mail that may have gone out already is marked as a possible duplicate; and the feed of events goes on behind the places that institutions have read.',
  consistency: 'strong',
  access: ['operator'],
  body: z.strictObject({}).meta({ id: 'NewRestore' }),
  bodyExample: {},
  answers: { 201: { description: 'It is on record.', schema, example: { at: '2026-11-26T06:00:00.000Z' } } },
  refusals: { 403: ['platform_key_needed'] },
  handle: (call) => {
    assertPlatform(call.caller)
    return runOnce(call, async (tx) => {
      await recordRestore(tx, call.actor, call.now)
      return { status: 201, body: { at: toIso(call.now) } }
    })
  },
})
