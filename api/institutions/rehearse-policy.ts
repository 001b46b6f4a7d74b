import { z } from 'zod'
import { invalid } from '../../domain/errors.ts'
import { parseMoney } from '../../domain/money.ts'
import { forecast, nextStep } from '../../domain/plan.ts'
import { forecastExample, forecastSchema } from '../bills/get-bill-forecast.ts'
import { nextView, stepView } from '../bills/next-step.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { day, instant } from '../../schemas/time.ts'
import { sampleBill } from './check-policy.ts'
import { ownInstitution } from './own-institution.ts'
import { namedPolicy, policyParams, version } from './policy-view.ts'

const SAMPLE_MINOR = 1_000n

const query = z.strictObject({
  version,
  amount: z
    .string()
    .max(64)
    .optional()
    .meta({ description: "What the sample bill asks for, in the institution's currency. `none` is a notice that asks for no money." }),
  issueAt: instant.optional().meta({ description: 'When it is issued; now where nothing is said.' }),
  dueDate: day.optional().meta({ description: 'Fixes its due date; otherwise the policy counts one.' }),
  channels: z
    .string()
    .max(200)
    .regex(/^[a-z0-9-]+(?:,[a-z0-9-]+)*$/, 'It has to be names of channels with commas between them.')
    .optional()
    .meta({ description: 'Channels on which the citizen has an address; every one of the policy where nothing is said.' }),
})

export const rehearsePolicyEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/institutions/{id}/policies/{name}/forecast',
  operationId: 'rehearsePolicy',
  tag: 'Institutions',
  summary: 'See what a policy would do with a bill',
  description:
    'Every step of a sample bill with its date if nobody did anything: no notice read, no payment. It is the plan that the engine follows; nothing is recorded or sent.',
  consistency: 'strong',
  access: ['bills:read'],
  params: policyParams,
  query,
  answers: { 200: { description: 'The steps.', schema: forecastSchema, example: forecastExample } },
  refusals: {
    404: ['institution_not_found', 'policy_not_found'],
    422: ['amount_malformed', 'amount_not_positive', 'amount_too_large'],
  },
  handle: async (call) => {
    const { root, params, query: asked, now } = call
    const { currency } = await ownInstitution(call, params.id)
    const { body: policy } = await namedPolicy(root.sql, params.id, params.name, asked.version)
    const asksMoney = asked.amount !== 'none'
    const bill = {
      ...sampleBill(now),
      currency,
      asksMoney,
      chargedMinor: asksMoney ? chargedMinor(asked.amount, currency) : 0n,
      issueAt: asked.issueAt === undefined ? now : Date.parse(asked.issueAt),
      dueDate: asked.dueDate ?? null,
      addressedChannels: asked.channels?.split(',') ?? policy.chain.map(({ channel }) => channel),
    }
    return reply(200, { next: nextView(nextStep(bill, policy, now), false), steps: forecast(bill, policy, now).map(stepView) })
  },
})

/** @throws GojiError `amount_malformed`, `amount_too_large`, `amount_not_positive`. */
function chargedMinor(amount: string | undefined, currency: string): bigint {
  if (amount === undefined) return SAMPLE_MINOR
  const { minor } = parseMoney({ amount, currency }, '/amount')
  if (minor <= 0n) throw invalid('amount_not_positive', 'A bill asks for more than nothing. Write amount=none for a notice.', '/amount')
  return minor
}
