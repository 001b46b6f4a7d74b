import { z } from 'zod'
import { listExcesses } from '../../store/excesses/list-excesses.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { id } from '../../schemas/ids.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { excessExample, excessSchema, excessView } from './excess-view.ts'

export const listExcessesEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/excesses',
  operationId: 'listExcesses',
  tag: 'Payments',
  summary: 'List money that no bill could take',
  description: 'What was paid too much and was kept by the policy (`hold`, `offset`), the newest first.',
  consistency: 'strong',
  access: ['bills:read'],
  query: z.strictObject({
    ...pageQuery,
    kind: z.enum(['held', 'credit']).optional(),
    open: z.enum(['true', 'false']).optional().meta({ description: 'With something left, or used up.' }),
    bill: id('bill').optional().meta({ description: 'Where it came from, or what it paid.' }),
  }),
  answers: {
    200: { description: 'A page of it.', schema: pageSchema(excessSchema), example: { data: [excessExample], nextCursor: null } },
  },
  refusals: { 400: ['cursor_invalid'] },
  handle: (call) =>
    listPage(call, 'excesses', {
      read: (before, limit) => {
        const { open, kind, bill } = call.query
        const filter = { kind, bill, open: open === undefined ? undefined : open === 'true' }
        return listExcesses(call.root.sql, call.owner, filter, { before, limit })
      },
      position: ({ id }) => id,
      view: excessView,
    }),
})
