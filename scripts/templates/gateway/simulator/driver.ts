import type { PageMethod } from '../../../../domain/ports/gateway.ts'
import type { CreateDriver, GatewayDriver } from '../../../../domain/ports/simulator.ts'

const METHODS: Readonly<Record<PageMethod, string>> = { card: 'card', simplePay: 'wallet', bankAccount: 'transfer' }

/** Simulated citizens on the payment page. */
export const createDriver: CreateDriver<GatewayDriver> = ({ url }) => ({
  async authorize(key, method) {
    const response = await fetch(`${url}/_simulator/payments/${key}/authorize`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ method: METHODS[method] }),
    })
    return ((await response.json()) as { taken?: boolean }).taken === true
  },
  // A card that is refused leaves the page open: the citizen tries another one.
  decline: () => Promise.resolve(true),
  settle: () => Promise.resolve([]),
  settlement: (name) => Promise.reject(new Error(`There is no settlement file ${name}.`)),
})
