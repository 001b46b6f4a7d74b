import { z } from 'zod'
import { GojiError } from '../../domain/errors.ts'
import { eventData } from '../../domain/event-body.ts'
import { EVENT_TYPES } from '../../domain/events.ts'
import { type EventRow, listEvents } from '../../store/events/list-events.ts'
import { readInstitution } from '../../store/institutions/read-institution.ts'
import { placeEvents } from '../../store/events/place-events.ts'
import { within } from '../bills/within.ts'
import { makeCursor, readCursor } from '../cursor.ts'
import { defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { exampleId, id } from '../../schemas/ids.ts'
import { pageQuery } from '../../schemas/page.ts'
import { time, toIso } from '../../schemas/time.ts'

const eventSchema = z
  .strictObject({
    id: id('evt').meta({ description: 'Also the `webhook-id` under which it is sent.' }),
    type: z.string(),
    timestamp: time,
    data: z.record(z.string(), z.unknown()).meta({ description: '`id` is that of the bill, or of the batch, that it is about.' }),
  })
  .meta({ id: 'Event' })

const example = {
  id: exampleId('evt'),
  type: 'bill.paid',
  timestamp: '2026-11-24T03:00:00.000Z',
  data: { id: exampleId('bill'), billNumber: '2026-11-000123', paymentId: exampleId('pay'), amount: '128500', currency: 'KRW' },
}

const view = (row: EventRow): object => ({ id: row.id, type: row.type, timestamp: toIso(row.at), data: eventData(row) })

export const listEventsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/events',
  operationId: 'listEvents',
  tag: 'Events',
  summary: "Read an institution's events",
  description:
    'Everything that webhooks tell, from the beginning, the oldest first and in order within each bill. Keep `nextCursor` and ask again with it whenever you like, ' +
    'in seconds or in years: nothing is ever left out, also not what commits late, and nothing is ever thrown away. A key of the platform names the institution.',
  consistency: 'strong',
  access: ['events:read', 'webhooks:write'],
  query: z.strictObject({
    ...pageQuery,
    type: z.enum(EVENT_TYPES).optional(),
    institution: id('ins').optional().meta({ description: 'For keys of the platform.' }),
  }),
  answers: {
    200: {
      description: 'A page of events.',
      schema: z.strictObject({
        data: z.array(eventSchema),
        nextCursor: z.string().meta({ description: 'Where to go on, also when nothing is there yet.' }),
        more: z.boolean().meta({ description: 'True when the next page has something already.' }),
      }),
      example: { data: [example], nextCursor: 'eyJ…', more: false },
    },
  },
  refusals: { 400: ['cursor_invalid'], 403: ['institution_key_needed'], 404: ['institution_not_found'] },
  handle: async ({ root, caller, owner, query }) => {
    const { institutionId } = within(owner, query.institution)
    if (institutionId === null)
      throw new GojiError('forbidden', 'institution_key_needed', 'Events belong to an institution. Name it: ?institution=….')
    await readInstitution(root.sql, institutionId)
    const scope = { list: 'events', caller, filters: query }
    const after = BigInt(readCursor(root, scope, query.cursor) ?? 0)
    await placeEvents(root.sql)
    const types = query.type === undefined ? [] : [query.type]
    const rows = await listEvents(root.sql, { institutionId, mode: owner.mode }, { after, limit: query.limit + 1, types })
    const page = rows.slice(0, query.limit)
    return reply(200, {
      data: page.map(view),
      nextCursor: makeCursor(root, scope, String(page.at(-1)?.position ?? after)),
      more: rows.length > query.limit,
    })
  },
})
