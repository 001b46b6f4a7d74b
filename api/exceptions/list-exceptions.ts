import { z } from 'zod'
import { type Duration, durationMs } from '../../domain/duration.ts'
import { listExceptions } from '../../store/exceptions/list-exceptions.ts'
import { within } from '../bills/within.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { id } from '../../schemas/ids.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { line } from '../../schemas/text.ts'
import { exceptionSummaryExample, exceptionSummarySchema, exceptionSummaryView } from './exception-view.ts'

const query = z.strictObject({
  ...pageQuery,
  kind: z
    .string()
    .regex(/^[a-z][A-Za-z]{2,40}$/)
    .optional(),
  owner: line(80).optional(),
  institution: id('ins').optional(),
  open: z.enum(['true', 'false']).optional().meta({ description: 'Open ones or ended ones alone; both where nothing is said.' }),
  olderThan: z
    .string()
    .regex(/^(P[0-9]{1,4}D|PT[0-9]{1,5}H)$/, 'It has to be days or hours, such as P3D or PT12H.')
    .optional()
    .meta({ description: 'Opened longer ago than this: `P3D`, `PT12H`.' }),
})

export const listExceptionsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/exceptions',
  operationId: 'listExceptions',
  tag: 'Exceptions',
  summary: 'List what somebody has to look at',
  description:
    'The oldest first: lines of statements that no rule places, settlements that did not come, refunds without a way back. A key of an institution sees those of its bills.',
  consistency: 'strong',
  access: ['bills:read', 'statements:write'],
  query,
  answers: {
    200: {
      description: 'A page of exceptions.',
      schema: pageSchema(exceptionSummarySchema),
      example: { data: [exceptionSummaryExample], nextCursor: null },
    },
  },
  refusals: { 400: ['cursor_invalid'], 404: ['institution_not_found'] },
  handle: (call) =>
    listPage(call, 'exceptions', {
      read: (after, limit) => {
        const { root, owner, query, now } = call
        const { kind, olderThan, open } = query
        const filter = {
          kind,
          owner: query.owner,
          open: open === undefined ? undefined : open === 'true',
          openedBefore: olderThan === undefined ? undefined : now - durationMs(olderThan as Duration),
        }
        return listExceptions(root.sql, within(owner, query.institution), filter, { after, limit })
      },
      position: ({ id }) => id,
      view: (row) => exceptionSummaryView(row, call.now),
    }),
})
