import { recordReceipt } from '../../store/commands/record-receipt.ts'
import { deliveryChannel } from '../../store/deliveries/delivery-channel.ts'
import { recordEvent } from '../../store/inbox/record-event.ts'
import { transaction } from '../../store/unit/transaction.ts'
import type { Wake } from '../../store/unit/with-bills.ts'
import { definePublic } from '../define-endpoint.ts'
import { wakeBills } from '../wake.ts'
import { adapterOf, answered, translated, webhookAnswers, webhookInput, webhookParams, type WebhookResult } from './receive.ts'

export const channelWebhookEndpoint = definePublic({
  method: 'post',
  path: '/webhooks/channel/{name}',
  operationId: 'receiveChannelWebhook',
  tag: 'Webhooks',
  summary: 'Take a receipt from a channel',
  description:
    "Verified over its raw bytes by the channel's adapter, recorded once by the provider's own event id together with its effect, and answered after the commit.",
  consistency: 'strong',
  access: 'public',
  params: webhookParams,
  input: webhookInput,
  answers: webhookAnswers,
  refusals: { 401: ['signature_invalid'], 404: ['provider_not_found', 'webhook_not_found'], 409: ['event_differs'] },
  serve: async (call) => {
    const { root, tell, now } = call
    const { name, port } = adapterOf(root.adapters.channelNames, root.adapters.channel, call)
    const results = new Set<WebhookResult>()
    // Each report is a transaction of its own: one that is refused keeps none of the others from being recorded.
    for (const notice of translated(port, call, name) ?? []) {
      const { result, wakes } = await transaction(root.sql, async (tx): Promise<{ result: WebhookResult; wakes: Wake[] }> => {
        const event = { provider: `channel:${name}`, eventId: notice.eventId, body: notice.body ?? call.body }
        if (!(await recordEvent(tx, event, now))) return { result: 'duplicate', wakes: [] }
        // A channel speaks of its own deliveries only, whatever ids its signed messages name.
        if ((await deliveryChannel(tx, notice.key)) !== name) return { result: 'ignored', wakes: [] }
        return { result: 'recorded', wakes: await recordReceipt(tx, notice.key, notice.receipt, now) }
      })
      if (result === 'ignored')
        call.log.warn({ requestId: call.requestId, provider: name, event: notice.eventId }, 'webhook about no delivery of this channel')
      await wakeBills(tell, wakes)
      results.add(result)
    }
    return answered(results.has('recorded') ? 'recorded' : results.has('duplicate') ? 'duplicate' : 'ignored')
  },
})
