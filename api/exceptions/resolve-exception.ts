import type { z } from 'zod'
import type { Tx } from '../../store/connection.ts'
import type { Wake } from '../../store/unit/with-bills.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { type Endpoint, reply } from '../endpoint.ts'
import { replayHeaders, runOnce } from '../run-once.ts'
import { idParams } from '../../schemas/ids.ts'
import { exceptionExample, exceptionSchema, exceptionView } from './exception-view.ts'

interface Action<B extends z.ZodType> {
  readonly action: 'assign' | 'match' | 'refund' | 'dismiss'
  readonly summary: string
  readonly description: string
  readonly body?: B
  readonly bodyExample?: unknown
  readonly conflicts?: readonly string[]
  readonly notFound?: readonly string[]
  readonly broken?: readonly string[]
  readonly run: (tx: Tx, deed: { exceptionId: string; actor: string }, body: z.output<B>, now: number) => Promise<readonly Wake[]>
}

/** One thing that a person does about an exception: for the platform's own people, logged, and done once per key. */
export const exceptionAction = <B extends z.ZodType>({
  action,
  run,
  conflicts = [],
  notFound = [],
  broken = [],
  ...about
}: Action<B>): Endpoint =>
  defineEndpoint({
    method: 'post',
    path: `/v1/exceptions/{id}/${action}`,
    operationId: `${action}Exception`,
    tag: 'Exceptions',
    ...about,
    consistency: 'strong',
    access: ['statements:write'],
    params: idParams('exc', 'exception'),
    answers: { 200: { description: 'The exception as it now is.', schema: exceptionSchema, example: exceptionExample } },
    refusals: {
      403: ['platform_key_needed'],
      404: ['exception_not_found', ...notFound],
      409: ['exception_closed', ...conflicts],
      ...(broken.length > 0 ? { 422: broken } : {}),
    },
    handle: async (call) => {
      const { root, caller, owner, actor, params, now } = call
      assertPlatform(caller)
      const answer = await runOnce(call, async (tx) => {
        // What the caller cannot see is not there for it.
        await exceptionView(tx, owner, params.id, now)
        const wakes = await run(tx, { exceptionId: params.id, actor }, call.body, now)
        return { status: 200, body: {}, wakes }
      })
      return reply(200, await exceptionView(root.sql, owner, params.id, now), replayHeaders(answer.replayed))
    },
  })
