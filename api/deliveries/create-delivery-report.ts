import { z } from 'zod'
import { invalid } from '../../domain/errors.ts'
import { recordNotices } from '../../store/commands/record-notices.ts'
import { assertPlatform, defineEndpoint } from '../define-endpoint.ts'
import { runOnce } from '../run-once.ts'
import { line } from '../../schemas/text.ts'

const BYTES_MAX = 1024 * 1024

const body = z
  .strictObject({
    channel: line(64),
    content: z.string().min(1).max(BYTES_MAX).meta({ description: "The file's text, as the channel's counterpart made it." }),
  })
  .meta({ id: 'NewDeliveryReport' })

const answer = z
  .strictObject({
    lines: z.number().int(),
    recorded: z.number().int(),
    known: z.number().int().meta({ description: 'Lines that came before, in this file or in another.' }),
    ignored: z.array(z.string()).meta({ description: 'Keys that are of no delivery of this channel.' }),
  })
  .meta({ id: 'DeliveryReport' })

export const createDeliveryReportEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/delivery-reports',
  operationId: 'createDeliveryReport',
  tag: 'Deliveries',
  summary: "Hand in a channel's file of receipts",
  description:
    'For channels whose counterpart writes files, such as a print house. The file is taken whole or refused whole. A line that came before, also in another file, changes nothing.',
  consistency: 'strong',
  access: ['operator'],
  body,
  bodyExample: { channel: 'letter', content: 'key,status,reason,date\n…' },
  input: { bytesMax: 2 * BYTES_MAX, types: ['application/json'] },
  answers: {
    200: { description: 'What became of its lines.', schema: answer, example: { lines: 120, recorded: 118, known: 2, ignored: [] } },
  },
  refusals: {
    403: ['platform_key_needed'],
    409: ['event_differs'],
    422: ['channel_unknown', 'report_malformed', 'reports_not_taken', 'text_forbidden'],
  },
  handle: async (call) => {
    const { root, caller, now } = call
    assertPlatform(caller)
    const { channel: name, content } = call.body
    const { channelNames } = root.adapters
    if (!channelNames.includes(name))
      throw invalid('channel_unknown', `There is no such channel here. There are: ${channelNames.join(', ') || 'none'}.`, '/channel')
    const channel = root.adapters.channel(name)
    if (channel.readReports === undefined)
      throw invalid('reports_not_taken', 'This channel has no files of receipts: it reports by webhook or not at all.', '/channel')
    const notices = channel.readReports(content, now)
    return runOnce(call, async (tx) => {
      const { results, wakes } = await recordNotices(tx, { channel: name, notices, body: Buffer.from(content) }, now)
      const count = (result: (typeof results)[number]): number => results.filter((one) => one === result).length
      const ignored = [...new Set(notices.filter((_, index) => results[index] === 'ignored').map(({ key }) => key))]
      return { status: 200, body: { lines: notices.length, recorded: count('recorded'), known: count('duplicate'), ignored }, wakes }
    })
  },
})
