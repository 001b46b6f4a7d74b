import { z } from 'zod'
import type { BillEntry, EntriesOf } from '../store/log/entries-about.ts'
import { defineEndpoint } from './define-endpoint.ts'
import type { Call, Description, Endpoint } from './endpoint.ts'
import { listPage } from './list-page.ts'
import { exampleId, id, idParams } from '../schemas/ids.ts'
import { pageQuery, pageSchema } from '../schemas/page.ts'
import { time, toIso } from '../schemas/time.ts'

const schema = z
  .strictObject({
    bill: id('bill').meta({ description: 'The bill in whose log the entry stands.' }),
    seq: z.number().int().meta({ description: "Its number in that bill's log, which has its hash." }),
    at: time,
    action: z.string(),
    actor: z.string().meta({ description: '`engine`, `citizen`, `operator` or `key:<id>`.' }),
    body: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'BillEntry' })

const view = ({ bill_id: bill, seq, at, action, actor, body }: BillEntry): object => ({
  bill,
  seq,
  at: toIso(at),
  action,
  actor,
  body: JSON.parse(body) as unknown,
})

interface Told extends Pick<Description, 'path' | 'operationId' | 'tag' | 'summary' | 'description' | 'access'> {
  readonly prefix: Parameters<typeof idParams>[0]
  /** What is not found. */
  readonly noun: string
  readonly example: { readonly action: string; readonly actor?: string; readonly body: Readonly<Record<string, unknown>> }
  readonly entries: EntriesOf
  /** Refuses what is not the caller's to read. */
  assert(call: Call<{ id: string }, unknown, unknown>): Promise<unknown>
}

/** The endpoint that tells what happened to a thing that has no log of its own: its bills' logs tell it. */
export const entriesAboutEndpoint = ({ prefix, noun, example, entries, assert, ...described }: Told): Endpoint =>
  defineEndpoint({
    ...described,
    method: 'get',
    consistency: 'strong',
    params: idParams(prefix, noun),
    query: z.strictObject(pageQuery),
    answers: {
      200: {
        description: 'A page of entries.',
        schema: pageSchema(schema),
        example: {
          data: [{ bill: exampleId('bill'), seq: 7, at: '2026-11-24T00:10:00.000Z', actor: 'engine', ...example }],
          nextCursor: null,
        },
      },
    },
    refusals: { 400: ['cursor_invalid'], 404: [`${noun}_not_found`] },
    handle: async (call) => {
      const { root, owner, params } = call
      await assert(call)
      return listPage(call, `events of ${params.id}`, {
        read: (position, limit) => {
          const [reached, billId = '', seq] = position?.split(',') ?? []
          const after = reached === undefined ? null : { reached: Number(reached), billId, seq: Number(seq) }
          return entries(root.sql, owner, params.id, { after, limit })
        },
        position: (row) => `${row.reached},${row.bill_id},${row.seq}`,
        view,
      })
    },
  })
