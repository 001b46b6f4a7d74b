import { randomUUID } from 'node:crypto'
import { type Fault, gatewayFault, once } from './fault.ts'

export const f13 = gatewayFault({ id: 'F13', about: 'the gateway does what it is asked and never answers', lasts: [8, 20] }, () => [
  { on: 'capture', how: 'hangAfterEffect', share: 0.3 },
  { on: 'refund', how: 'hangAfterEffect', share: 0.4 },
  { on: 'session', how: 'drop', share: 0.2 },
  { on: 'capture', how: 'drop', share: 0.2 },
])

export const f14 = gatewayFault(
  { id: 'F14', about: 'the gateway answers 500 before and after the deed, 429, HTML, half a body, another amount', lasts: [8, 20] },
  () => [
    { on: 'capture', how: 'errorAfterEffect', share: 0.25 },
    { on: 'refund', how: 'errorAfterEffect', share: 0.35 },
    { on: 'session', how: 'errorBefore', share: 0.2 },
    { on: 'payment', how: 'htmlError', share: 0.15 },
    { on: 'payment', how: 'rateLimit', share: 0.15, ms: 1_000 },
    { on: 'capture', how: 'brokenBody', share: 0.15 },
    { on: 'session', how: 'wrongAmount', share: 0.15 },
    { on: 'capture', how: 'wrongAmount', share: 0.15 },
    { on: 'refund', how: 'wrongAmount', share: 0.15 },
    { on: 'settlement', how: 'errorBefore', share: 0.2 },
  ],
)

export const f15: Fault = {
  id: 'F15',
  about: 'the gateway cannot be reached',
  lasts: [4, 15],
  inject: async ({ stack }) => once(await stack.proxy.cut('worker-gateway')),
}

export const f16 = gatewayFault({ id: 'F16', about: "the gateway's webhooks come five times at once", lasts: [6, 20] }, () => [
  { on: 'webhook', how: 'duplicate', share: 0.6 },
])

export const f17 = gatewayFault({ id: 'F17', about: "the gateway's webhooks overtake each other", lasts: [6, 20] }, () => [
  { on: 'webhook', how: 'reorder', share: 0.6, ms: 2_500 },
])

export const f18 = gatewayFault(
  { id: 'F18', about: "the gateway's webhooks come when the checkout is over", lasts: [6, 20] },
  ({ unitMs }) => [{ on: 'webhook', how: 'late', share: 0.5, ms: Math.round(7 * unitMs) }],
)

export const f19 = gatewayFault({ id: 'F19', about: "the gateway's webhooks never come", lasts: [6, 20] }, () => [
  { on: 'webhook', how: 'drop', share: 0.5 },
])

export const f24: Fault = {
  id: 'F24',
  about: 'webhooks that are signed and say nonsense, or are signed by somebody else',
  lasts: [3, 8],
  inject: async ({ stack }) => {
    const { driver, name } = stack.gateway
    const url = `${stack.apiUrls[0]}/webhooks/gateway/${name}`
    const bodies = [
      JSON.stringify({ type: 'payment.vanished', key: 'chk_00000000000000000000000000', reference: 'x', at: 1 }),
      JSON.stringify({ type: 'payment.captured', key: 'chk_00000000000000000000000000', reference: 'x', at: 1 }),
      JSON.stringify({ type: 'payment.captured', key: 'nobody', reference: 'x', at: 1, filler: 'x'.repeat(200_000) }),
      '{"type":"payment.captured","key":',
      'null',
      '"payment.captured"',
      'x'.repeat(2_000_000),
    ]
    const send = async (body: string, forged: boolean): Promise<number> => {
      const eventId = `evt_poison_${randomUUID()}`
      const headers = driver.signWebhook?.(eventId, forged ? `${body} ` : body, Date.now()) ?? {}
      const response = await fetch(url, { method: 'POST', body, headers: { ...headers, 'content-type': 'application/json' } }).catch(
        () => null,
      )
      await response?.arrayBuffer()
      return response === null ? 0 : 1
    }
    const answers = await Promise.all(bodies.flatMap((body) => [send(body, false), send(body, true)]))
    return async () => answers.reduce((sum, one) => sum + one, 0)
  },
}
