import type { PageMethod } from '../../../../domain/ports/gateway.ts'
import type { CreateDriver, GatewayDriver } from '../../../../domain/ports/simulator.ts'

const TIMEOUT_MS = 15_000
const METHODS: Readonly<Record<PageMethod, string>> = { card: 'CARD', simplePay: 'EASY_PAY', bankAccount: 'TRANSFER' }

/** Simulated citizens in the payment window. There is no end of the day: PortOne has no settlement files. */
export const createDriver: CreateDriver<GatewayDriver> = ({ url }) => {
  const post = async (path: string, body: object): Promise<{ taken?: boolean }> => {
    const response = await fetch(`${url}/_simulator${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (!response.ok) throw new Error(`The simulated gateway answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as { taken?: boolean }
  }
  return {
    authorize: async (key, method) => (await post(`/payments/${key}/pay`, { payMethod: METHODS[method] })).taken === true,
    // A card that is refused in the window leaves the window open: the citizen tries another one.
    decline: () => Promise.resolve(true),
    settle: () => Promise.resolve([]),
    settlement: (name) => Promise.reject(new Error(`There is no settlement file ${name}.`)),
  }
}
