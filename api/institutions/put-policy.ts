import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Currency } from '../../domain/currencies.ts'
import { invalid } from '../../domain/errors.ts'
import type { ChainLink, Policy } from '../../domain/policy.ts'
import type { Channel } from '../../domain/ports/channel.ts'
import { insertPolicy } from '../../store/institutions/insert-policy.ts'
import { lockInstitution } from '../../store/institutions/lock-institution.ts'
import { newestPolicy } from '../../store/institutions/newest-policy.ts'
import { readInstitution } from '../../store/institutions/read-institution.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { id, slug } from '../../schemas/ids.ts'
import { checkCosts } from './check-costs.ts'
import { checkPolicy } from './check-policy.ts'
import { newPolicySchema, policyExample, policySchema } from '../../schemas/policy.ts'

/** What the channels say of themselves is noted in the policy, because the plan of a bill asks nobody. */
const noted = (link: ChainLink, { needsAddress, silent, recall }: Channel): ChainLink => ({
  ...link,
  needsAddress,
  ...(silent === true ? { silent } : {}),
  ...(recall === undefined ? {} : { recalls: true }),
})

export const putPolicyEndpoint = defineEndpoint({
  method: 'put',
  path: '/v1/institutions/{id}/policies/{name}',
  operationId: 'putPolicy',
  tag: 'Institutions',
  summary: 'Set the policy of one kind of bill',
  description:
    'Adds a version, which counts for bills received from now on; bills keep the version they were received under. Setting what is set already changes nothing, so this needs no Idempotency-Key.',
  consistency: 'strong',
  access: ['operator'],
  params: z.strictObject({ id: id('ins'), name: slug.meta({ example: 'vehicle-tax' }) }).meta({ noun: 'institution' }),
  body: newPolicySchema,
  bodyExample: policyExample,
  answers: {
    200: {
      description: 'The policy as it was already.',
      schema: policySchema,
      example: { name: 'vehicle-tax', version: 3, ...policyExample },
    },
    201: { description: 'A new version.', schema: policySchema, example: { name: 'vehicle-tax', version: 4, ...policyExample } },
  },
  refusals: {
    403: ['platform_key_needed'],
    404: ['institution_not_found'],
    422: [
      'amount_malformed',
      'amount_not_positive',
      'amount_too_large',
      'card_number_refused',
      'channel_repeated',
      'channel_unknown',
      'cost_negative',
      'currency_differs',
      'currency_unknown',
      'date_out_of_range',
      'duration_malformed',
      'duration_zero',
      'policy_endless',
      'proof_beyond_channels',
      'quiet_all_day',
      'receipt_beyond_channel',
      'text_forbidden',
      'zone_unknown',
    ],
  },
  handle: async ({ root, caller, actor, params, body, now }) => {
    assertPlatform(caller)
    const { id: institutionId, name } = params
    const asked = body.policy as Policy
    checkPolicy(asked, root.adapters, now)
    const policy: Policy = { ...asked, chain: asked.chain.map((link) => noted(link, root.adapters.channel(link.channel))) }
    return transaction(root.sql, async (tx) => {
      await lockInstitution(tx, institutionId)
      const { currency } = await readInstitution(tx, institutionId)
      refuseOtherCurrency(asked, currency)
      checkCosts(asked, currency)
      const newest = await newestPolicy(tx, institutionId, name)
      const view = (version: number): object => ({ name, version, title: body.title, policy: asked })
      if (newest && isDeepStrictEqual([newest.title_ko, newest.title_en, newest.body], [body.title.ko, body.title.en, policy]))
        return reply(200, view(newest.version))
      const { version } = await insertPolicy(tx, { institutionId, name, title: body.title, body: policy, actor }, now)
      return reply(201, view(version))
    })
  },
})

/** @throws GojiError (invalid) `currency_differs`. */
function refuseOtherCurrency({ late }: Policy, currency: Currency): void {
  const from = late?.again?.principalFrom
  if (from === undefined || from.currency === currency) return
  throw invalid(
    'currency_differs',
    `The institution bills in ${currency}; its policies name amounts in that currency.`,
    '/policy/late/again/principalFrom/currency',
  )
}
