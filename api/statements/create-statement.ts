import { z } from 'zod'
import { invalid } from '../../domain/errors.ts'
import { receiveStatement } from '../../store/statements/receive-statement.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { reply, type RawCall } from '../endpoint.ts'
import { jsonBody, textOf } from '../http/json-body.ts'
import { STATEMENT_BYTES_MAX } from '../http/raw-body.ts'
import { RequestError } from '../problem.ts'
import { replayHeaders, runOnce } from '../run-once.ts'
import { slug } from '../schemas/ids.ts'
import { statementExample, statementSchema, statementView } from './statement-view.ts'

const body = z
  .strictObject({ gateway: slug, content: z.string().min(1).meta({ description: "The file's text, as the gateway made it." }) })
  .meta({ id: 'NewStatement' })

export const createStatementEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/statements',
  operationId: 'createStatement',
  tag: 'Statements',
  summary: "Hand in a gateway's settlement file",
  description:
    'As JSON, or as `text/plain` with `?gateway=`. The file is read whole or refused whole; then its lines are booked and what no rule places becomes an exception. ' +
    'The same file again is the same statement. Read the statement for how far it is.',
  consistency: 'eventual',
  access: ['statements:write'],
  query: z.strictObject({ gateway: slug.optional().meta({ description: 'Only with a `text/plain` body.' }) }),
  body,
  bodyExample: { gateway: 'sample', content: 'header,1,2026-11-23,KRW,…' },
  input: { bytesMax: STATEMENT_BYTES_MAX, types: ['application/json', 'text/plain'] },
  readBody,
  answers: {
    202: {
      description: 'The statement was received and is being booked.',
      schema: statementSchema,
      example: { ...statementExample, state: 'received', postedAt: null },
    },
  },
  refusals: {
    400: ['gateway_missing'],
    403: ['platform_key_needed'],
    409: ['statement_differs'],
    422: ['gateway_unknown', 'statement_malformed'],
  },
  handle: async (call) => {
    const { root, caller, actor, now } = call
    assertPlatform(caller)
    const { gateway, content } = call.body
    if (!root.adapters.gatewayNames.includes(gateway))
      throw invalid(
        'gateway_unknown',
        `There is no such gateway here. There are: ${root.adapters.gatewayNames.join(', ') || 'none'}.`,
        '/gateway',
      )
    const file = root.adapters.gateway(gateway).parseSettlement(content)
    const answer = await runOnce(call, async (tx) => ({
      status: 202,
      body: await receiveStatement(tx, { gateway, file, content, actor }, now),
    }))
    const { statementId } = JSON.parse(answer.body) as { statementId: string }
    // Also on a repetition: booking what is booked already changes nothing, and the engine may have been away before.
    await call.tell('postStatement', (engine) => engine.postStatement(statementId))
    return reply(202, await statementView(root.sql, statementId), replayHeaders(answer.replayed))
  },
})

/** Plain text stands for the `content` of the JSON form, so that a file may be sent as it is. */
function readBody(call: RawCall): unknown {
  const isText = /^text\/plain/i.test(call.headers['content-type'] ?? '')
  const gateway = new URL(call.url, 'http://local').searchParams.get('gateway')
  if (!isText) {
    if (gateway !== null)
      throw new RequestError(400, 'gateway_missing', 'Name the gateway in the JSON, or send the file as text/plain.', {
        pointer: '/gateway',
      })
    return jsonBody(call.body)
  }
  if (gateway === null)
    throw new RequestError(400, 'gateway_missing', 'Name the gateway that made the file: ?gateway=…', { pointer: '/gateway' })
  const content = textOf(call.body)
  if (content.includes('\0'))
    throw invalid('text_unstorable', 'The file has a NUL character: it is not the text that it should be.', '/content')
  return { gateway, content }
}
