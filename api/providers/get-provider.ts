import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { providerExample, providerParams, providerSchema, providerView, readProvider } from './provider-view.ts'

export const getProviderEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/providers/{kind}/{name}',
  operationId: 'getProvider',
  tag: 'Providers',
  summary: 'Read a channel or gateway',
  description: 'Whether this deployment has it, and whether an operator has stopped it.',
  consistency: 'strong',
  access: ['operator'],
  params: providerParams,
  answers: { 200: { description: 'The provider.', schema: providerSchema, example: providerExample } },
  refusals: { 403: ['platform_key_needed'], 404: ['provider_not_found'] },
  handle: async ({ root, caller, params }) => {
    assertPlatform(caller)
    return reply(200, providerView(await readProvider(root, root.sql, params)))
  },
})
