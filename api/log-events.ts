import { z } from 'zod'
import { type ChainedLine, logPage } from '../store/log/log-page.ts'
import { defineEndpoint } from './define-endpoint.ts'
import { listPage } from './list-page.ts'
import { type Call, type Description, type Endpoint } from './endpoint.ts'
import { exampleId, idParams } from '../schemas/ids.ts'
import { pageQuery, pageSchema } from '../schemas/page.ts'
import { time, toIso } from '../schemas/time.ts'

export const logEventSchema = z
  .strictObject({
    seq: z.number().int(),
    at: time,
    action: z.string(),
    actor: z.string().meta({ description: '`engine`, `citizen`, `operator` or `key:<id>`.' }),
    body: z.record(z.string(), z.unknown()),
    hash: z.string().meta({ description: 'SHA-256 over this entry and the hash before it, in hex.' }),
    previousHash: z.string().nullable(),
  })
  .meta({ id: 'LogEvent' })

export const logEventView = (row: ChainedLine): object => ({
  seq: row.seq,
  at: toIso(row.at),
  action: row.action,
  actor: row.actor,
  body: JSON.parse(row.body) as unknown,
  hash: row.hash.toString('hex'),
  previousHash: row.previous_hash?.toString('hex') ?? null,
})

export const logEventExample = {
  seq: 1,
  at: '2026-11-24T00:00:00.000Z',
  action: 'received',
  actor: `key:${exampleId('key')}`,
  body: { amount: '128500', currency: 'KRW' },
  hash: '4f8b42c22dd3729b519ba6f68d2da7cc5b2d606d05daed5ad5128cc03e6c6358',
  previousHash: null,
}

interface Log extends Pick<Description, 'path' | 'operationId' | 'tag' | 'summary' | 'access'> {
  readonly prefix: Parameters<typeof idParams>[0]
  /** What is not found, and what the log's subject begins with. */
  readonly noun: string
  readonly example?: object
  /** Codes of 403 that `assert` may answer. */
  readonly forbidden?: readonly string[]
  /** Refuses what is not the caller's to read. */
  assert(call: Call<{ id: string }, unknown, unknown>): Promise<void>
}

/** The endpoint that reads the log of one kind of thing. */
export const logEvents = ({ prefix, noun, example = logEventExample, forbidden, assert, ...described }: Log): Endpoint =>
  defineEndpoint({
    ...described,
    method: 'get',
    description: `Everything that happened to the ${noun}, the oldest first. Nothing in it is ever changed or taken out, and each entry is chained to the one before.`,
    consistency: 'strong',
    params: idParams(prefix, noun),
    query: z.strictObject(pageQuery),
    answers: {
      200: { description: 'A page of the log.', schema: pageSchema(logEventSchema), example: { data: [example], nextCursor: null } },
    },
    refusals: { 400: ['cursor_invalid'], ...(forbidden ? { 403: forbidden } : {}), 404: [`${noun}_not_found`] },
    handle: async (call) => {
      const { root, params } = call
      await assert(call)
      return listPage(call, `events of ${params.id}`, {
        read: (position, limit) => logPage(root.sql, `${noun}:${params.id}`, { after: Number(position ?? 0), limit }),
        position: ({ seq }) => String(seq),
        view: logEventView,
      })
    },
  })
