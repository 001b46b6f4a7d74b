import { readExcess } from '../../store/excesses/list-excesses.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { idParams } from '../../schemas/ids.ts'
import { excessExample, excessSchema, excessView } from './excess-view.ts'

export const getExcessEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/excesses/{id}',
  operationId: 'getExcess',
  tag: 'Payments',
  summary: 'Read money that no bill could take',
  description: 'How much of it is left, and where the rest went.',
  consistency: 'strong',
  access: ['bills:read'],
  params: idParams('exs', 'excess'),
  answers: { 200: { description: 'The money.', schema: excessSchema, example: excessExample } },
  refusals: { 404: ['excess_not_found'] },
  handle: async ({ root, owner, params }) => reply(200, excessView(await readExcess(root.sql, owner, params.id))),
})
