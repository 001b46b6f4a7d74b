import { createBill } from '../../store/commands/create-bill.ts'
import { readInstitution } from '../../store/institutions/read-institution.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { runOnce } from '../run-once.ts'
import { billExample } from './bill-example.ts'
import { billSchema } from './bill-schemas.ts'
import { billView } from './bill-view.ts'
import { newBill } from './new-bill.ts'
import { newBillExample, newBillSchema } from '../../schemas/new-bill.ts'
import { institutionOf } from '../../store/owner.ts'

export const createBillEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/bills',
  operationId: 'createBill',
  tag: 'Bills',
  summary: 'Receive a bill or a notice',
  description:
    'Records the bill and starts its life: it is issued, delivered, reminded and, where it asks for money, collected as its policy says.',
  consistency: 'strong',
  access: ['bills:write'],
  body: newBillSchema,
  bodyExample: newBillExample,
  answers: { 201: { description: 'The bill as it was received.', schema: billSchema, example: billExample } },
  refusals: {
    403: ['institution_key_needed'],
    409: ['bill_number_taken'],
    422: [
      'amount_malformed',
      'amount_not_positive',
      'amount_too_large',
      'card_number_refused',
      'channel_unknown',
      'contact_repeated',
      'currency_differs',
      'currency_twice',
      'currency_unknown',
      'date_out_of_range',
      'due_date_before_issue',
      'due_date_past',
      'policy_unknown',
      'text_forbidden',
      'valid_until_before_issue',
      'valid_until_without_amount',
      'zone_unknown',
    ],
  },
  handle: async (call) => {
    const { root, caller, actor, now } = call
    const institution = await readInstitution(root.sql, institutionOf(caller))
    const input = newBill(call.body, { root, caller, actor, institution, now })
    return runOnce(call, async (tx) => {
      const { billId, wake } = await createBill(tx, input, now)
      return { status: 201, body: await billView(tx, root, billId, now), wakes: [wake] }
    })
  },
})
