import { z } from 'zod'
import { repair } from '../../composition/restore/repair.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { replayHeaders, runOnce } from '../run-once.ts'

const subject = z
  .string()
  .regex(/^(?:bill:bill|checkout:chk)_[0-9a-z]{26}$/, 'Use "bill:" or "checkout:" and its id.')
  .meta({ example: 'bill:bill_01hfz3k9q4m7v2x8c5t6w0r3en' })

const body = z.strictObject({ subjects: z.array(subject).min(1).max(100) }).meta({ id: 'RepairOrder' })

const schema = z
  .strictObject({
    repaired: z.array(
      z.strictObject({
        subject: z.string(),
        done: z.enum(['woken', 'asked', 'ending']).meta({
          description:
            "`woken`: the bill's run reads the books, and is started where there is none; `asked`: the checkout's run asks its gateway; `ending`: the books do not know it, and its run ends.",
        }),
      }),
    ),
  })
  .meta({ id: 'Repair' })

export const repairRunsEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/diagnosis/repairs',
  operationId: 'repairRuns',
  tag: 'Service',
  summary: 'Have bills and checkouts looked at now',
  description:
    'Wakes the run of each, starting those that are not there. Runs decide by the books, and ask gateways and channels under the keys that these know: nothing is charged, given back or sent a second time. Doing it again does no harm.',
  consistency: 'eventual',
  access: ['operator'],
  body,
  bodyExample: { subjects: ['bill:bill_01hfz3k9q4m7v2x8c5t6w0r3en'] },
  answers: {
    202: {
      description: 'They are being looked at.',
      schema,
      example: { repaired: [{ subject: 'bill:bill_01hfz3k9q4m7v2x8c5t6w0r3en', done: 'woken' }] },
    },
  },
  refusals: { 403: ['platform_key_needed'] },
  handle: async (call) => {
    assertPlatform(call.caller)
    const { replayed } = await runOnce(call, async () => ({ status: 202, body: {} }))
    // Also on a repetition: waking once more changes nothing, and Temporal may have been away before.
    return reply(202, { repaired: await repair(call.root, [...new Set(call.body.subjects)]) }, replayHeaders(replayed))
  },
})
