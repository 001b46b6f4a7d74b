import { z } from 'zod'
import { listApiKeys } from '../../store/keys/list-api-keys.ts'
import { makeCursor, pageOf, readCursor } from '../cursor.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { id } from '../schemas/ids.ts'
import { pageQuery, pageSchema } from '../schemas/page.ts'
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
  handle: async ({ root, caller, query: filters, now }) => {
    assertPlatform(caller)
    const { institution, inForce, limit, cursor } = filters
    const scope = { list: 'keys', caller, filters }
    const rows = await listApiKeys(
      root.sql,
      { mode: caller.mode, institution, inForce: inForce === undefined ? undefined : inForce === 'true' },
      { before: readCursor(root, scope, cursor), limit: limit + 1, now },
    )
    const page = pageOf(
      rows,
      limit,
      (row) => row.id,
      (at) => makeCursor(root, scope, at),
    )
    return reply(200, { data: page.rows.map(keyView), nextCursor: page.nextCursor })
  },
})
