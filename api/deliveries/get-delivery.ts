import { readDelivery } from '../../store/deliveries/list-deliveries.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { idParams } from '../../schemas/ids.ts'
import { listedDeliveryExample, listedDeliverySchema, listedDeliveryView } from './delivery-view.ts'

export const getDeliveryEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/deliveries/{id}',
  operationId: 'getDelivery',
  tag: 'Deliveries',
  summary: 'Read a notice or reminder',
  description: 'What became of one notice on one channel.',
  consistency: 'strong',
  access: ['bills:read'],
  params: idParams('dlv', 'delivery'),
  answers: { 200: { description: 'The delivery.', schema: listedDeliverySchema, example: listedDeliveryExample } },
  refusals: { 404: ['delivery_not_found'] },
  handle: async ({ root, owner, params }) => reply(200, listedDeliveryView(await readDelivery(root.sql, owner, params.id))),
})
