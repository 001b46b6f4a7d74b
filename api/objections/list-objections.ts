import { z } from 'zod'
import { OBJECTION_STATES } from '../../domain/states/objection.ts'
import { listObjections } from '../../store/objections/objection-row.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { id } from '../../schemas/ids.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { instant, toMs } from '../../schemas/time.ts'
import { objectionSummaryExample, objectionSummarySchema, objectionSummaryView } from './objection-view.ts'

export const listObjectionsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/objections',
  operationId: 'listObjections',
  tag: 'Objections',
  summary: 'List objections',
  description: 'The newest first, without what the citizens wrote. `state=filed` are those that wait for a decision.',
  consistency: 'strong',
  access: ['bills:read'],
  query: z.strictObject({
    ...pageQuery,
    state: z.enum(OBJECTION_STATES).optional(),
    bill: id('bill').optional(),
    filedAfter: instant.optional(),
    filedBefore: instant.optional(),
  }),
  answers: {
    200: {
      description: 'A page of objections.',
      schema: pageSchema(objectionSummarySchema),
      example: { data: [objectionSummaryExample], nextCursor: null },
    },
  },
  refusals: { 400: ['cursor_invalid'] },
  handle: (call) =>
    listPage(call, 'objections', {
      read: (before, limit) => {
        const { state, bill, filedAfter, filedBefore } = call.query
        const filter = { state, billId: bill, filedAfter: toMs(filedAfter), filedBefore: toMs(filedBefore) }
        return listObjections(call.root.sql, call.owner, filter, { before, limit })
      },
      position: ({ id }) => id,
      view: objectionSummaryView,
    }),
})
