import { z } from 'zod'
import { lostLogs, nextSubjects, verifySubjects } from '../../store/diagnosis/log-subjects.ts'
import { makeCursor, readCursor } from '../cursor.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { pageQuery } from '../../schemas/page.ts'

const flaw = z.enum(['altered', 'unlinked', 'missing', 'replaced'])

const schema = z
  .strictObject({
    logs: z.number().int().meta({ description: 'How many logs were read from their beginnings to their ends.' }),
    entries: z.number().int(),
    flaws: z.array(z.strictObject({ subject: z.string(), seq: z.number().int(), flaw })).meta({
      description:
        '`altered`: its bytes are not those that were hashed; `unlinked`: it does not continue the entry before; `missing`: it is not there though a later one or the head is; `replaced`: it is not the one that the head names.',
    }),
    nextCursor: z.string().nullable().meta({ description: 'Give it as `cursor` for the logs after these; null after the last.' }),
  })
  .meta({ id: 'LogVerification' })

/** First every log that there is, then every bill, whose log may be gone: each with where it goes on. */
const LOGS = 'l'
const BILLS = 'b'
/** Asking whether a log is there is cheaper than reading it. */
const BILLS_PER_LOG = 10

export const verifyLogsEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/diagnosis/logs',
  operationId: 'verifyLogs',
  tag: 'Service',
  summary: 'Verify the chains of the logs',
  description:
    'Recomputes every hash of the next logs, those of bills also against the heads that the bills keep; after the last log it looks for bills whose log is gone. `limit` counts logs.',
  consistency: 'strong',
  access: ['operator'],
  query: z.strictObject(pageQuery),
  answers: {
    200: { description: 'What does not fit.', schema, example: { logs: 100, entries: 1204, flaws: [], nextCursor: null } },
  },
  refusals: { 400: ['cursor_invalid'], 403: ['platform_key_needed'] },
  handle: async ({ root, caller, query }) => {
    assertPlatform(caller)
    const scope = { list: 'logs', caller, filters: query }
    const position = readCursor(root, scope, query.cursor) ?? LOGS
    const after = position.slice(1)
    if (position.startsWith(BILLS)) {
      const { bills, last, flaws } = await lostLogs(root.sql, after, query.limit * BILLS_PER_LOG)
      const isLast = last === null || bills < query.limit * BILLS_PER_LOG
      return reply(200, { logs: 0, entries: 0, flaws, nextCursor: isLast ? null : makeCursor(root, scope, BILLS + last) })
    }
    const subjects = await nextSubjects(root.sql, after, query.limit)
    const { entries, flaws } = await verifySubjects(root.sql, subjects)
    const last = subjects.at(-1)
    const next = subjects.length < query.limit || last === undefined ? BILLS : LOGS + last
    return reply(200, { logs: subjects.length, entries, flaws, nextCursor: makeCursor(root, scope, next) })
  },
})
