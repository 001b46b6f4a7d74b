import { z } from 'zod'
import { compare } from '../../composition/restore/differences.ts'
import { makeCursor, readCursor } from '../cursor.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { pageQuery } from '../../schemas/page.ts'

const difference = z
  .strictObject({
    subject: z.string().meta({ description: '`bill:` or `checkout:` and its id.' }),
    kind: z.enum(['forgotten', 'behind', 'lost', 'underWay']).meta({
      description:
        '`forgotten`: it has a run, and the books do not know it; `behind`: its run knows more than the books; `lost`: it is open in the books and has no run; `underWay`: only asked for.',
    }),
    run: z.string().nullable().meta({ description: 'What its run last knew.' }),
    books: z.string().nullable().meta({ description: 'What the books say.' }),
  })
  .meta({ id: 'Difference' })

const schema = z
  .strictObject({
    looked: z.number().int().meta({ description: 'How many runs, bills or checkouts this page looked at.' }),
    differences: z.array(difference),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: 'Give it as `cursor` for the next page, also where this one found nothing; null after the last.' }),
  })
  .meta({ id: 'RunComparison' })

export const compareRunsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/diagnosis/runs',
  operationId: 'compareRuns',
  tag: 'Service',
  summary: 'Compare the runs in Temporal with the books',
  description:
    'Finds what a restore of one of the two leaves behind. First every open run is looked at, then every open bill, then every checkout that has not ended. `limit` counts what is looked at. What changed within half a minute is left out.',
  consistency: 'eventual',
  access: ['operator'],
  query: z.strictObject({
    ...pageQuery,
    underWay: z.enum(['true', 'false']).optional().meta({ description: 'Also names every checkout that has not ended.' }),
  }),
  answers: {
    200: {
      description: 'What does not agree.',
      schema,
      example: {
        looked: 50,
        differences: [
          { subject: 'bill:bill_01hfz3k9q4m7v2x8c5t6w0r3en', kind: 'behind', run: 'paid, stage reconcile', books: 'delivered, stage pay' },
        ],
        nextCursor: null,
      },
    },
  },
  refusals: { 400: ['cursor_invalid'], 403: ['platform_key_needed'] },
  handle: async ({ root, caller, query, now }) => {
    assertPlatform(caller)
    const scope = { list: 'runs', caller, filters: query }
    const place = { sql: root.sql, runs: root.engine.runs, now, limit: query.limit, underWay: query.underWay === 'true' }
    const { looked, differences, next } = await compare(place, readCursor(root, scope, query.cursor))
    return reply(200, { looked, differences, nextCursor: next === null ? null : makeCursor(root, scope, next) })
  },
})
