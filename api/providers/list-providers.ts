import { z } from 'zod'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { providerExample, providerKey, providerSchema, providerView, readProviders } from './provider-view.ts'

export const listProvidersEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/providers',
  operationId: 'listProviders',
  tag: 'Providers',
  summary: 'List channels and gateways',
  description: 'Those of this deployment, and which of them an operator has stopped.',
  consistency: 'strong',
  access: ['operator'],
  query: z.strictObject({
    ...pageQuery,
    kind: z.enum(['channel', 'gateway']).optional(),
    stopped: z.enum(['true', 'false']).optional().meta({ description: 'Those that are stopped, or those that run.' }),
  }),
  answers: {
    200: {
      description: 'A page of providers.',
      schema: pageSchema(providerSchema),
      example: { data: [providerExample], nextCursor: null },
    },
  },
  refusals: { 400: ['cursor_invalid'], 403: ['platform_key_needed'] },
  handle: async (call) => {
    const { root, caller, query } = call
    assertPlatform(caller)
    const isAsked = (stopped: boolean): boolean => query.stopped === undefined || stopped === (query.stopped === 'true')
    const all = (await readProviders(root, root.sql)).filter(
      ({ kind, stop }) => (query.kind === undefined || kind === query.kind) && isAsked(stop?.stopped === true),
    )
    return listPage(call, 'providers', {
      read: (after, limit) => Promise.resolve(all.filter((one) => after === null || providerKey(one) > after).slice(0, limit)),
      position: providerKey,
      view: providerView,
    })
  },
})
