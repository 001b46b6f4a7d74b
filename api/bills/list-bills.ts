import { z } from 'zod'
import { type BillFilter, listBills } from '../../store/bills/list-bills.ts'
import { keyedHash } from '../../store/keys/keyed-hash.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { listPage } from '../list-page.ts'
import { id } from '../../schemas/ids.ts'
import { pageQuery, pageSchema } from '../../schemas/page.ts'
import { line } from '../../schemas/text.ts'
import { instant, toMs } from '../../schemas/time.ts'
import { billSummaryExample } from './bill-example.ts'
import { billSummarySchema, stage, status } from './bill-schemas.ts'
import { summaryView } from './bill-view.ts'
import { within } from './within.ts'

const query = z.strictObject({
  ...pageQuery,
  status: status.optional(),
  stage: stage.optional(),
  billNumber: line(64).optional(),
  citizenIdentifier: line(128).optional().meta({
    description:
      'The identifier that the bills were received with. URLs are logged on their way: use a pseudonym of your own as identifier.',
  }),
  institution: id('ins').optional().meta({ description: "Only one institution's bills; a key of an institution sees no other anyway." }),
  dueAfter: instant.optional(),
  dueBefore: instant.optional(),
  createdAfter: instant.optional(),
  createdBefore: instant.optional(),
  overdue: z.enum(['true', 'false']).optional().meta({ description: 'Past the due date with something left to pay, or not.' }),
})

export const listBillsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/bills',
  operationId: 'listBills',
  tag: 'Bills',
  summary: 'List bills',
  description:
    'The newest first. `stage` and `dueAt` are those of the last time the engine looked at the bill; everything else is as it is now.',
  consistency: 'eventual',
  access: ['bills:read'],
  query,
  answers: {
    200: {
      description: 'A page of bills.',
      schema: pageSchema(billSummarySchema),
      example: { data: [billSummaryExample], nextCursor: null },
    },
  },
  refusals: { 400: ['cursor_invalid'], 404: ['institution_not_found'] },
  handle: (call) =>
    listPage(call, 'bills', {
      read: (position, limit) => {
        const { root, owner, query: filters, now } = call
        const [createdAt, id = ''] = position?.split(',') ?? []
        const before = createdAt === undefined ? null : { createdAt: Number(createdAt), id }
        return listBills(root.sql, within(owner, filters.institution), toFilter(filters, root.config.GOJI_PEPPER), { before, limit, now })
      },
      position: ({ created_at: at, id }) => `${at},${id}`,
      view: (row) => summaryView(row, call.now),
    }),
})

const toFilter = (filters: z.output<typeof query>, pepper: string): BillFilter => ({
  status: filters.status,
  stage: filters.stage,
  billNumber: filters.billNumber,
  citizenHash: filters.citizenIdentifier === undefined ? undefined : keyedHash(pepper, 'citizen', filters.citizenIdentifier),
  dueAfter: toMs(filters.dueAfter),
  dueBefore: toMs(filters.dueBefore),
  createdAfter: toMs(filters.createdAfter),
  createdBefore: toMs(filters.createdBefore),
  overdue: filters.overdue === undefined ? undefined : filters.overdue === 'true',
})
