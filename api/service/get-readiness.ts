import { z } from 'zod'
import { isDatabaseUp } from '../../composition/dependencies.ts'
import type { Root } from '../../composition/root.ts'
import { readStops } from '../../store/providers/provider-stop.ts'
import { definePublic } from '../define-endpoint.ts'
import { reply } from '../endpoint.ts'
import { time, toIso } from '../../schemas/time.ts'

const state = z.enum(['up', 'down'])

const schema = z
  .strictObject({
    status: z.enum(['ready', 'degraded', 'down']),
    dependencies: z.strictObject({ database: state, engine: state }),
    providersStopped: z.array(z.strictObject({ kind: z.enum(['channel', 'gateway']), name: z.string(), since: time })).meta({
      description: 'Channels and gateways that an operator has stopped; empty while the database is down. They do not count for `status`.',
    }),
  })
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
    200: {
      description: 'Requests are taken.',
      schema,
      example: { status: 'ready', dependencies: { database: 'up', engine: 'up' }, providersStopped: [] },
    },
    503: {
      description: 'The database does not answer.',
      schema,
      example: { status: 'down', dependencies: { database: 'down', engine: 'up' }, providersStopped: [] },
    },
  },
  serve: async ({ root }) => {
    const [database, engine] = await Promise.all([isDatabaseUp(root.sql), root.engine.isReachable()])
    const status = !database ? 'down' : engine ? 'ready' : 'degraded'
    return reply(database ? 200 : 503, {
      status,
      dependencies: { database: database ? 'up' : 'down', engine: engine ? 'up' : 'down' },
      providersStopped: database ? await stopped(root) : [],
    })
  },
})

const stopped = async ({ sql }: Pick<Root, 'sql'>): Promise<object[]> =>
  (await readStops(sql)).flatMap(({ kind, name, stopped: is, changed_at }) => (is ? [{ kind, name, since: toIso(changed_at) }] : []))
