import type { PageMethod } from '../../../../domain/ports/gateway.ts'
import type { CreateDriver, GatewayDriver } from '../../../../domain/ports/simulator.ts'
import { adapter } from '../index.ts'
import { fileName } from '../settlement.ts'
import { manifest } from './manifest.ts'

const TIMEOUT_MS = 15_000
const METHODS: Readonly<Record<PageMethod, string>> = { card: '카드', simplePay: '간편결제', bankAccount: '계좌이체' }

/** Simulated citizens in the payment window, and the end of the gateway's day. */
export const createDriver: CreateDriver<GatewayDriver> = ({ url, secrets }) => {
  const post = async <Answer>(path: string, body: object): Promise<Answer> => {
    const response = await fetch(`${url}/_simulator${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (!response.ok) throw new Error(`The simulated gateway answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as Answer
  }
  const gateway = adapter.create(manifest.settings({ url, ports: {}, secrets }))
  return {
    authorize: async (key, method) => (await post<{ taken: boolean }>(`/payments/${key}/authenticate`, { method: METHODS[method] })).taken,
    // A card that is refused in the window leaves the window open: the citizen tries another one.
    decline: () => Promise.resolve(true),
    settle: async () => (await post<{ all: string[] }>('/payouts', {})).all.map(fileName),
    settlement: (name) => gateway.settlementFile(name, AbortSignal.timeout(TIMEOUT_MS)),
  }
}
