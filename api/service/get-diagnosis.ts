import { z } from 'zod'
import { diagnose } from '../../composition/diagnosis/diagnose.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { time, toIso } from '../../schemas/time.ts'

const health = z.enum(['ok', 'warning', 'wrong'])

const schema = z
  .strictObject({
    at: time.meta({ description: "The API's own time." }),
    health: health.meta({ description: 'The worst of all findings.' }),
    findings: z.array(
      z.strictObject({
        check: z.string().meta({ description: 'Stable name of what was looked at.' }),
        health,
        found: z.string(),
        remedy: z.string().nullable().meta({ description: 'What to do about it; null where there is nothing to do.' }),
      }),
    ),
  })
  .meta({ id: 'Diagnosis' })

const example = {
  at: '2026-11-24T00:00:00.000Z',
  health: 'wrong',
  findings: [
    { check: 'database', health: 'ok', found: 'PostgreSQL 18.4 with migration 28, 212 MB.', remedy: null },
    {
      check: 'workers',
      health: 'wrong',
      found: 'No worker takes tasks from the queue goji.',
      remedy: 'Start a worker, with the same GOJI_TASK_QUEUE as the API. Bills wait meanwhile; nothing is lost.',
    },
  ],
}

export const getDiagnosisEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/diagnosis',
  operationId: 'getDiagnosis',
  tag: 'Service',
  summary: 'See what is wrong with the deployment',
  description:
    'Looks at database, schema, Temporal, workers, sweep, backlog, ledger, the invariants of the books, the newest logs, channels, gateways, clocks and disk, and says what to do about each. Changes nothing.',
  consistency: 'strong',
  access: ['operator'],
  answers: { 200: { description: 'What was found.', schema, example } },
  refusals: { 403: ['platform_key_needed'] },
  handle: async ({ root, caller, now }) => {
    assertPlatform(caller)
    const findings = await diagnose(root)
    const worst = (['wrong', 'warning'] as const).find((one) => findings.some((finding) => finding.health === one)) ?? 'ok'
    return reply(200, { at: toIso(now), health: worst, findings })
  },
})
