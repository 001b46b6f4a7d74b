import { assertOwned } from '../../store/bills/assert-owned.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { idParams } from '../../schemas/ids.ts'
import { billExample } from './bill-example.ts'
import { billSchema } from './bill-schemas.ts'
import { billView } from './bill-view.ts'

export const getBillEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/bills/{id}',
  operationId: 'getBill',
  tag: 'Bills',
  summary: 'Read a bill',
  description: 'Where the bill stands: its sums, deliveries, payments and refunds, and what happens next.',
  consistency: 'strong',
  access: ['bills:read'],
  params: idParams('bill', 'bill'),
  answers: { 200: { description: 'The bill.', schema: billSchema, example: billExample } },
  refusals: { 404: ['bill_not_found'] },
  handle: async ({ root, owner, params, now }) => {
    await assertOwned(root.sql, owner, params.id)
    return reply(200, await billView(root.sql, root, params.id, now))
  },
})
