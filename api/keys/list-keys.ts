import { z } from 'zod'
import { listApiKeys } from '../../store/keys/list-api-keys.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { id } from '../../schemas/ids.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { keyView, knownKeyExample, knownKeySchema } from './key-view.ts'

export const listKeysEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/keys',
  operationId: 'listKeys',
  tag: 'Institutions',
  summary: 'List keys',
  description: "The newest first, in the mode (test or live) of the caller's key; never their secrets.",
  consistency: 'strong',
  access: ['operator'],
  query: z.strictObject({
    ...pageQuery,
    institution: id('ins').optional().meta({ description: "Only one institution's keys." }),
    inForce: z.enum(['true', 'false']).optional().meta({ description: 'Those that may be used now, or those that were ended or ran out.' }),
  }),
  answers: {
    200: {
      description: 'A page of keys.',
      schema: pageSchema(knownKeySchema),
      example: { data: [knownKeyExample], nextCursor: null },
    },
  },
  refusals: { 400: ['cursor_invalid'], 403: ['platform_key_needed'] },
  handle: async (call) => {
    const { root, caller, query, now } = call
    assertPlatform(caller)
    const { institution, inForce } = query
    const filter = { mode: caller.mode, institution, inForce: inForce === undefined ? undefined : inForce === 'true' }
    return listPage(call, 'keys', {
      read: (before, limit) => listApiKeys(root.sql, filter, { before, limit, now }),
      position: ({ id }) => id,
      view: keyView,
    })
  },
})
