import { z } from 'zod'
import { invalid } from '../../domain/errors.ts'
import { parseMoney } from '../../domain/money.ts'
import { describeInstitution } from '../../store/institutions/list-institutions.ts'
import { setApproval } from '../../store/institutions/set-approval.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { idParams } from '../../schemas/ids.ts'
import { moneySchema } from '../../schemas/money.ts'
import { institutionExample, institutionSchema, institutionView } from './institution-schemas.ts'

const body = z
  .strictObject({
    above: moneySchema.nullable().meta({ description: 'The most that one person may give back of a bill; zero asks always, null never.' }),
  })
  .meta({ id: 'Approval' })

export const setApprovalEndpoint = defineEndpoint({
  method: 'put',
  path: '/v1/institutions/{id}/approval',
  operationId: 'setApproval',
  tag: 'Institutions',
  summary: 'Set above what a refund needs a second person',
  description:
    'Refunds of one bill that persons order are counted together; one that brings them above this waits until another key of the institution, with the scope `refunds:approve`, agrees. Those that wait already still do. Setting what is set already changes nothing, so this needs no Idempotency-Key.',
  consistency: 'strong',
  access: ['operator'],
  params: idParams('ins', 'institution'),
  body,
  bodyExample: { above: { amount: '1000000', currency: 'KRW' } },
  answers: {
    200: {
      description: 'The institution after it.',
      schema: institutionSchema,
      example: { ...institutionExample, approvalAbove: { amount: '1000000', currency: 'KRW' } },
    },
  },
  refusals: {
    403: ['platform_key_needed'],
    404: ['institution_not_found'],
    422: ['amount_malformed', 'amount_negative', 'amount_too_large', 'currency_differs', 'currency_unknown'],
  },
  handle: async ({ root, caller, actor, params: { id: institutionId }, body: asked, now }) => {
    assertPlatform(caller)
    const above = asked.above === null ? null : parseMoney(asked.above, '/above')
    return transaction(root.sql, async (tx) => {
      const { currency } = await describeInstitution(tx, institutionId)
      if (above !== null && above.currency !== currency)
        throw invalid('currency_differs', `The institution bills in ${currency}. Give an amount in that currency.`, '/above/currency')
      if (above !== null && above.minor < 0n)
        throw invalid('amount_negative', 'A limit is not below zero. Zero asks a second person always.', '/above/amount')
      await setApproval(tx, { institutionId, above, actor }, now)
      return reply(200, institutionView(await describeInstitution(tx, institutionId)))
    })
  },
})
