import { z } from 'zod'
import { listEndpoints } from '../../store/webhooks/endpoint-row.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { reply } from '../endpoint.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { endpointBody, endpointExample, endpointParams, endpointSchema, endpointView } from './endpoint-view.ts'

export const listWebhookEndpoints = defineEndpoint({
  method: 'get',
  path: '/v1/webhook-endpoints',
  operationId: 'listWebhookEndpoints',
  tag: 'Events',
  summary: 'List webhook endpoints',
  description: 'The newest first, each with how much waits there, since when, and its last error.',
  consistency: 'strong',
  access: ['webhooks:write'],
  query: z.strictObject(pageQuery),
  answers: {
    200: {
      description: 'A page of endpoints.',
      schema: pageSchema(endpointSchema),
      example: { data: [endpointExample], nextCursor: null },
    },
  },
  refusals: { 400: ['cursor_invalid'] },
  handle: (call) =>
    listPage(call, 'webhook endpoints', {
      read: (before, limit) => listEndpoints(call.root.sql, call.owner, { before, limit }),
      position: ({ id }) => id,
      view: endpointBody,
    }),
})

export const getWebhookEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/webhook-endpoints/{id}',
  operationId: 'getWebhookEndpoint',
  tag: 'Events',
  summary: 'Read a webhook endpoint',
  description: 'With the age of what is not delivered yet, and the last error.',
  consistency: 'strong',
  access: ['webhooks:write'],
  params: endpointParams,
  answers: { 200: { description: 'The endpoint.', schema: endpointSchema, example: endpointExample } },
  refusals: { 404: ['webhook_endpoint_not_found'] },
  handle: async ({ root, owner, params }) => reply(200, await endpointView(root.sql, owner, params.id)),
})
