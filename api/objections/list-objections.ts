import { z } from 'zod'
import { OBJECTION_STATES } from '../../domain/states/objection.ts'
import { listObjections } from '../../store/objections/objection-row.ts'
import { makeCursor, pageOf, readCursor } from '../cursor.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { id } from '../schemas/ids.ts'
import { pageQuery, pageSchema } from '../schemas/page.ts'
import { instant, toMs } from '../schemas/time.ts'
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
  handle: async ({ root, caller, owner, query }) => {
    const scope = { list: 'objections', caller, filters: query }
    const before = readCursor(root, scope, query.cursor)
    const filter = { state: query.state, billId: query.bill, filedAfter: toMs(query.filedAfter), filedBefore: toMs(query.filedBefore) }
    const rows = await listObjections(root.sql, owner, filter, { before, limit: query.limit + 1 })
    const page = pageOf(
      rows,
      query.limit,
      (row) => row.id,
      (at) => makeCursor(root, scope, at),
    )
    return reply(200, { data: page.rows.map(objectionSummaryView), nextCursor: page.nextCursor })
  },
})
