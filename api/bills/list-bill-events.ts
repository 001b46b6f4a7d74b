import { z } from 'zod'
import { assertOwned } from '../../store/bills/assert-owned.ts'
import { type ChainedLine, logPage } from '../../store/log/log-page.ts'
import { makeCursor, pageOf, readCursor } from '../cursor.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { exampleId, idParams } from '../schemas/ids.ts'
import { pageQuery, pageSchema } from '../schemas/page.ts'
import { time, toIso } from '../schemas/time.ts'

const eventSchema = z
  .strictObject({
    seq: z.number().int(),
    at: time,
    action: z.string(),
    actor: z.string().meta({ description: '`engine`, `citizen`, `operator` or `key:<id>`.' }),
    body: z.record(z.string(), z.unknown()),
    hash: z.string().meta({ description: 'SHA-256 over this entry and the hash before it, in hex.' }),
    previousHash: z.string().nullable(),
  })
  .meta({ id: 'BillEvent' })

const view = (row: ChainedLine): object => ({
  seq: row.seq,
  at: toIso(row.at),
  action: row.action,
  actor: row.actor,
  body: JSON.parse(row.body) as unknown,
  hash: row.hash.toString('hex'),
  previousHash: row.previous_hash?.toString('hex') ?? null,
})

const example = {
  seq: 1,
  at: '2026-11-24T00:00:00.000Z',
  action: 'received',
  actor: `key:${exampleId('key')}`,
  body: { amount: '128500', currency: 'KRW' },
  hash: '4f8b42c22dd3729b519ba6f68d2da7cc5b2d606d05daed5ad5128cc03e6c6358',
  previousHash: null,
}

export const listBillEventsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/bills/{id}/events',
  operationId: 'listBillEvents',
  tag: 'Bills',
  summary: "Read a bill's log",
  description:
    'Everything that happened to the bill, the oldest first. Nothing in it is ever changed or taken out, and each entry is chained to the one before.',
  consistency: 'strong',
  access: ['bills:read'],
  params: idParams('bill', 'bill'),
  query: z.strictObject(pageQuery),
  answers: { 200: { description: 'A page of the log.', schema: pageSchema(eventSchema), example: { data: [example], nextCursor: null } } },
  refusals: { 400: ['cursor_invalid'], 404: ['bill_not_found'] },
  handle: async ({ root, caller, owner, params, query }) => {
    await assertOwned(root.sql, owner, params.id)
    const scope = { list: `events of ${params.id}`, caller, filters: query }
    const after = Number(readCursor(root, scope, query.cursor) ?? 0)
    const rows = await logPage(root.sql, `bill:${params.id}`, { after, limit: query.limit + 1 })
    const page = pageOf(
      rows,
      query.limit,
      ({ seq }) => String(seq),
      (at) => makeCursor(root, scope, at),
    )
    return reply(200, { data: page.rows.map(view), nextCursor: page.nextCursor })
  },
})
