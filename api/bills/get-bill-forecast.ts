import { z } from 'zod'
import { isPaused } from '../../domain/bill.ts'
import { notFound } from '../../domain/errors.ts'
import { forecast, nextStep } from '../../domain/plan.ts'
import { assertOwned } from '../../store/bills/assert-owned.ts'
import { toBill } from '../../store/unit/bill-row.ts'
import { policyOf } from '../../store/unit/policies.ts'
import { selectBills } from '../../store/unit/select-bills.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { idParams } from '../../schemas/ids.ts'
import { nextSchema, nextView, stepView } from './next-step.ts'

export const forecastSchema = z
  .strictObject({
    next: nextSchema,
    steps: z
      .array(nextSchema)
      .meta({ description: 'Every future step with its date. Empty while only something from outside can move the bill.' }),
  })
  .meta({ id: 'Forecast' })

export const forecastExample = {
  next: { code: 'noticeWillBeSent', stage: 'deliver', at: '2026-11-25T00:00:01.400Z', channel: 'email', key: 'notice:email' },
  steps: [
    { code: 'noticeWillBeSent', stage: 'deliver', at: '2026-11-25T00:00:01.400Z', channel: 'email', key: 'notice:email' },
    { code: 'willFallDue', stage: 'pay', at: '2026-12-31T15:00:00.000Z', channel: null, key: 'fallDue' },
    { code: 'willBeHandedBack', stage: 'pay', at: '2027-03-31T15:00:00.000Z', channel: null, key: 'handBack' },
  ],
}

export const getBillForecastEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/bills/{id}/forecast',
  operationId: 'getBillForecast',
  tag: 'Bills',
  summary: 'See what will happen to a bill',
  description:
    'Every future step with its date if nobody does anything: no notice read, no payment, no settlement. It is the plan that the engine follows, asked ahead.',
  consistency: 'strong',
  access: ['bills:read'],
  params: idParams('bill', 'bill'),
  answers: { 200: { description: 'The steps ahead.', schema: forecastSchema, example: forecastExample } },
  refusals: { 404: ['bill_not_found'] },
  handle: async ({ root, owner, params, now }) => {
    await assertOwned(root.sql, owner, params.id)
    const [row] = await selectBills(root.sql, [params.id])
    if (!row) throw notFound('bill')
    const policy = await policyOf(root.sql, row.policy_id)
    const bill = toBill(row)
    return reply(200, { next: nextView(nextStep(bill, policy, now), isPaused(bill)), steps: forecast(bill, policy, now).map(stepView) })
  },
})
