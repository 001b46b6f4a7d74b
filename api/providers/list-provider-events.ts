import { z } from 'zod'
import { logPage } from '../../store/log/log-page.ts'
import { providerSubject } from '../../store/providers/switch-provider.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { logEventExample, logEventSchema, logEventView } from '../log-events.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { providerParams, readProvider } from './provider-view.ts'

export const listProviderEventsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/providers/{kind}/{name}/events',
  operationId: 'listProviderEvents',
  tag: 'Providers',
  summary: 'Read the log of a channel or gateway',
  description: 'Who stopped and resumed it, when and why, the oldest first. Each entry is chained to the one before.',
  consistency: 'strong',
  access: ['operator'],
  params: providerParams,
  query: z.strictObject(pageQuery),
  answers: {
    200: {
      description: 'A page of the log.',
      schema: pageSchema(logEventSchema),
      example: { data: [{ ...logEventExample, action: 'stopped', body: { reason: 'Takes money twice' } }], nextCursor: null },
    },
  },
  refusals: { 400: ['cursor_invalid'], 403: ['platform_key_needed'], 404: ['provider_not_found'] },
  handle: async (call) => {
    const { root, caller, params } = call
    assertPlatform(caller)
    await readProvider(root, root.sql, params)
    const subject = providerSubject(params.kind, params.name)
    return listPage(call, `events of ${subject}`, {
      read: (position, limit) => logPage(root.sql, subject, { after: Number(position ?? 0), limit }),
      position: ({ seq }) => String(seq),
      view: logEventView,
    })
  },
})
