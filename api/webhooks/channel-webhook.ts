import { type NoticeResult, recordNotices } from '../../store/commands/record-notices.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { definePublic } from '../define-endpoint.ts'
import { wakeBills } from '../wake.ts'
import { adapterOf, answered, translated, webhookAnswers, webhookInput, webhookParams } from './receive.ts'

export const channelWebhookEndpoint = definePublic({
  method: 'post',
  path: '/webhooks/channel/{name}',
  operationId: 'receiveChannelWebhook',
  tag: 'Webhooks',
  summary: 'Take receipts from a channel',
  description:
    "Verified over its raw bytes by the channel's adapter, recorded once by the provider's own event ids together with their effect, and answered after the commit.",
  consistency: 'strong',
  access: 'public',
  params: webhookParams,
  input: webhookInput,
  answers: webhookAnswers,
  refusals: { 401: ['signature_invalid'], 404: ['provider_not_found', 'webhook_not_found'], 409: ['event_differs'] },
  serve: async (call) => {
    const { root, tell, now } = call
    const { name, port } = adapterOf(root.adapters.channelNames, root.adapters.channel, call)
    const results = new Set<NoticeResult>()
    // Each report is a transaction of its own: one that is refused keeps none of the others from being recorded.
    for (const notice of translated(port, call, name) ?? []) {
      const news = { channel: name, notices: [notice], body: call.body }
      const {
        results: [result = 'ignored'],
        wakes,
      } = await transaction(root.sql, (tx) => recordNotices(tx, news, now))
      if (result === 'ignored')
        call.log.warn({ requestId: call.requestId, provider: name, event: notice.eventId }, 'webhook about no delivery of this channel')
      await wakeBills(tell, wakes)
      results.add(result)
    }
    return answered(results.has('recorded') ? 'recorded' : results.has('duplicate') ? 'duplicate' : 'ignored')
  },
})
