import { Webhook } from 'standardwebhooks'
import type { CreateDriver, GatewayDriver } from '../../../../domain/ports/simulator.ts'
import type { PageMethod } from '../../../../domain/ports/gateway.ts'
import type { Method } from './entries.ts'
import { webhookSecret } from './manifest.ts'

const METHODS: Record<PageMethod, Method> = { card: 'card', simplePay: 'simple_pay', bankAccount: 'bank_account' }
const TIMEOUT_MS = 15_000
/** Session gone, or in a state that takes no payment. */
const TAKES_NO_PAYMENT = [404, 409, 410]

/** Simulated citizens at this gateway, through the routes that only a simulator has (README.md). */
export const createDriver: CreateDriver<GatewayDriver> = ({ url, secrets }) => {
  const call = async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Response> =>
    fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${secrets['api'] ?? ''}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
  const attempt = async (path: string, body: object): Promise<boolean> => {
    const response = await call('POST', path, body)
    // An unread answer would keep its connection from being used again.
    const text = await response.text()
    if (response.ok) return true
    if (TAKES_NO_PAYMENT.includes(response.status)) return false
    throw refused(path, response.status, text)
  }
  const answer = async (response: Response, path: string): Promise<string> => {
    const text = await response.text()
    if (!response.ok) throw refused(path, response.status, text)
    return text
  }
  return {
    authorize: (key, method) => attempt(`/sessions/${encodeURIComponent(key)}/authorize`, { method: METHODS[method] }),
    decline: (key) => attempt(`/sessions/${encodeURIComponent(key)}/decline`, { code: 'insufficient_funds' }),
    async settle() {
      await answer(await call('POST', '/settlements', {}), '/settlements')
      const { files } = JSON.parse(await answer(await call('GET', '/settlements'), '/settlements')) as { files: readonly string[] }
      return files
    },
    async settlement(name) {
      const path = `/settlements/${encodeURIComponent(name)}`
      return answer(await call('GET', path), path)
    },
    async captures(key) {
      const path = `/sessions/${encodeURIComponent(key)}/captures`
      const { captures } = JSON.parse(await answer(await call('GET', path), path)) as { captures: number }
      return captures
    },
    async disturbCapture(key, how) {
      const fault = how.kind === 'slow' ? { mode: 'slow', delayMs: how.ms } : { mode: 'hangAfterEffect' }
      await answer(await call('POST', '/faults', [{ op: 'capture', key, ...fault }]), '/faults')
    },
    async disturb(disturbances) {
      await answer(await call('DELETE', '/faults'), '/faults')
      const rules = disturbances.map(({ on, how, share, times, ms }) => ({ op: on, mode: how, probability: share, times, delayMs: ms }))
      if (rules.length > 0) await answer(await call('POST', '/faults', rules), '/faults')
    },
    async disturbed() {
      return (JSON.parse(await answer(await call('GET', '/faults'), '/faults')) as { injected: Record<string, number> }).injected
    },
    signWebhook: (eventId, body, at) => ({
      'webhook-id': eventId,
      'webhook-timestamp': Math.floor(at / 1000).toString(),
      'webhook-signature': new Webhook(webhookSecret(secrets['webhook'] ?? '')).sign(eventId, new Date(at), body),
    }),
  }
}

const refused = (path: string, status: number, text: string): Error =>
  new Error(`The sandbox gateway answered ${path} with ${status}: ${text.slice(0, 200)}`)
