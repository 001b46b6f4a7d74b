import { z } from 'zod'
import { DAY_MS } from '../../domain/duration.ts'
import { invalid } from '../../domain/errors.ts'
import { bankRecords } from '../../formats/camt/bank-records.ts'
import { readCamt } from '../../formats/camt/read-camt.ts'
import type { Tx } from '../../store/connection.ts'
import { receiveBankFile } from '../../store/statements/receive-bank-file.ts'
import { receiveStatement } from '../../store/statements/receive-statement.ts'
import { readUpload } from '../../store/uploads/read-upload.ts'
import { dropLostUploads, dropUpload, type Upload } from '../../store/uploads/save-upload.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { type Call, reply, type RawCall } from '../endpoint.ts'
import { jsonBody, textOf } from '../http/json-body.ts'
import { STATEMENT_BYTES_MAX, UPLOAD_BYTES_MAX } from '../http/raw-body.ts'
import { RequestError } from '../problem.ts'
import { replayHeaders, runOnce } from '../run-once.ts'
import { slug } from '../../schemas/ids.ts'
import { statementExample, statementSchema, statementView } from './statement-view.ts'

const body = z
  .strictObject({ gateway: slug, content: z.string().min(1).meta({ description: "The file's text, as the gateway made it." }) })
  .meta({ id: 'NewStatement' })

export const createStatementEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/statements',
  operationId: 'createStatement',
  tag: 'Statements',
  summary: "Hand in a gateway's settlement file or a bank's statement",
  description:
    "A gateway's file as JSON, or as `text/plain` with `?gateway=`; a bank's camt.053 or camt.054 as `application/xml`, up to 512 MiB, in any encoding that it declares. " +
    'The file is read whole or refused whole; then its lines are booked and what no rule places becomes an exception. A line that another file brought is not booked again. ' +
    'The same file again is the same statement. Read the statement for how far it is.',
  consistency: 'eventual',
  access: ['statements:write'],
  query: z.strictObject({ gateway: slug.optional().meta({ description: 'Only with a `text/plain` body.' }) }),
  body,
  bodyExample: { gateway: 'sample', content: 'header,1,2026-11-23,KRW,…' },
  input: {
    bytesMax: STATEMENT_BYTES_MAX,
    types: ['application/json', 'text/plain'],
    uploads: { types: ['application/xml', 'text/xml'], bytesMax: UPLOAD_BYTES_MAX },
  },
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
    422: ['gateway_unknown', 'statement_malformed', 'statement_unbalanced'],
  },
  handle: async (call) => {
    const { root } = call
    assertPlatform(call.caller)
    const receive = call.upload === undefined ? gatewayFile(call, call.body) : bankFile(call, call.upload)
    const answer = await runOnce(call, async (tx) => ({ status: 202, body: await receive(tx) })).finally(() => dropUnused(call))
    const { statementId } = JSON.parse(answer.body) as { statementId: string }
    // Also on a repetition: booking what is booked already changes nothing, and the engine may have been away before.
    await call.tell('postStatement', (engine) => engine.postStatement(statementId))
    return reply(202, await statementView(root.sql, statementId), replayHeaders(answer.replayed))
  },
})

type Handled = Call<unknown, unknown, z.output<typeof body>>
type Receive = (tx: Tx) => Promise<{ statementId: string; isNew: boolean }>

function gatewayFile({ root, actor, now }: Handled, { gateway, content }: z.output<typeof body>): Receive {
  if (!root.adapters.gatewayNames.includes(gateway))
    throw invalid(
      'gateway_unknown',
      `There is no such gateway here. There are: ${root.adapters.gatewayNames.join(', ') || 'none'}.`,
      '/gateway',
    )
  const file = root.adapters.gateway(gateway).parseSettlement(content)
  return (tx) => receiveStatement(tx, { gateway, file, content, actor }, now)
}

/** The file is read inside the transaction, as it was kept: where it turns out wrong nothing of it was received. */
const bankFile =
  ({ root, actor, now }: Handled, upload: Upload): Receive =>
  (tx) =>
    receiveBankFile(
      tx,
      { gateway: root.adapters.transferGateway, upload, records: bankRecords(readCamt(readUpload(tx, upload.id))), actor },
      now,
    )

/** What was refused, or had come before, is not kept; nor what a process left behind that ended in between. */
async function dropUnused({ root, upload, now }: Handled): Promise<void> {
  if (upload === undefined) return
  await dropUpload(root.sql, upload.id)
  await dropLostUploads(root.sql, now - DAY_MS)
}

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
