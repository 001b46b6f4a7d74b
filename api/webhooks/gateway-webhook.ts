import { checkoutGateway } from '../../store/checkouts/checkout-gateway.ts'
import { recordEvent } from '../../store/inbox/record-event.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { definePublic } from '../define-endpoint.ts'
import { adapterOf, answered, translated, webhookAnswers, webhookInput, webhookParams } from './receive.ts'

export const gatewayWebhookEndpoint = definePublic({
  method: 'post',
  path: '/webhooks/gateway/{name}',
  operationId: 'receiveGatewayWebhook',
  tag: 'Webhooks',
  summary: 'Take word from a gateway',
  description: "Its body is never believed: the payment's run is told to ask the gateway itself. A refund under way asks by itself anyway.",
  consistency: 'strong',
  access: 'public',
  params: webhookParams,
  input: webhookInput,
  answers: webhookAnswers,
  refusals: { 401: ['signature_invalid'], 404: ['provider_not_found'], 409: ['event_differs'] },
  serve: async (call) => {
    const { root, tell, now } = call
    const { name, port } = adapterOf(root.adapters.gatewayNames, root.adapters.gateway, call)
    const notice = translated(port, call, name)
    if (notice === null) return answered('ignored')
    const isNew = await transaction(root.sql, (tx) =>
      recordEvent(tx, { provider: `gateway:${name}`, eventId: notice.eventId, body: call.body }, now),
    )
    if (!isNew) return answered('duplicate')
    if (notice.subject === 'refund') return answered('recorded')
    if ((await checkoutGateway(root.sql, notice.key)) !== name) {
      call.log.warn({ requestId: call.requestId, provider: name, event: notice.eventId }, 'webhook about no checkout of this gateway')
      return answered('ignored')
    }
    await tell('reportCheckout', (engine) => engine.reportCheckout(notice.key))
    return answered('recorded')
  },
})
