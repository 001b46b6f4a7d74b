import { readObjection } from '../../store/objections/objection-row.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { idParams } from '../../schemas/ids.ts'
import { objectionExample, objectionSchema, objectionView } from './objection-view.ts'

export const getObjectionEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/objections/{id}',
  operationId: 'getObjection',
  tag: 'Objections',
  summary: 'Read an objection',
  description: "With the citizen's own words.",
  consistency: 'strong',
  access: ['bills:read'],
  params: idParams('obj', 'objection'),
  answers: { 200: { description: 'The objection.', schema: objectionSchema, example: objectionExample } },
  refusals: { 404: ['objection_not_found'] },
  handle: async ({ root, owner, params }) => reply(200, objectionView(await readObjection(root.sql, owner, params.id))),
})
