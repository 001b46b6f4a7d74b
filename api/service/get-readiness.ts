import { z } from 'zod'
import type { Root } from '../../composition/root.ts'
import { ping } from '../../store/ping.ts'
import { definePublic } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'

const state = z.enum(['up', 'down'])

const schema = z
  .strictObject({ status: z.enum(['ready', 'degraded', 'down']), dependencies: z.strictObject({ database: state, engine: state }) })
  .meta({ id: 'Readiness' })

export const getReadinessEndpoint = definePublic({
  method: 'get',
  path: '/readyz',
  operationId: 'getReadiness',
  tag: 'Service',
  summary: 'Can requests be taken?',
  description:
    'Names what does not answer. Without the database nothing can be answered. Without the engine commands and webhooks still are: they stand in the database and the engine hears of them when it is back, ' +
    'so the process stays in service.',
  consistency: 'strong',
  access: 'public',
  answers: {
    200: { description: 'Requests are taken.', schema, example: { status: 'ready', dependencies: { database: 'up', engine: 'up' } } },
    503: {
      description: 'The database does not answer.',
      schema,
      example: { status: 'down', dependencies: { database: 'down', engine: 'up' } },
    },
  },
  serve: async ({ root }) => {
    const [database, engine] = await Promise.all([databaseAnswers(root), root.engine.isReachable()])
    const status = !database ? 'down' : engine ? 'ready' : 'degraded'
    return reply(database ? 200 : 503, { status, dependencies: { database: database ? 'up' : 'down', engine: engine ? 'up' : 'down' } })
  },
})

/** Whatever the reason, a database that does not answer is down: the reason is in its own log. */
async function databaseAnswers({ sql }: Pick<Root, 'sql'>): Promise<boolean> {
  try {
    await ping(sql)
    return true
  } catch {
    return false
  }
}
