import { setTimeout as delay } from 'node:timers/promises'
import { ApiRefusal, type Goji, type Schemas } from '../../client/index.ts'
import type { GatewayDriver } from '../../domain/ports/simulator.ts'
import type { Citizen } from './citizens.ts'

export interface Till {
  readonly operator: Goji
  readonly gateway: GatewayDriver
  readonly signal: AbortSignal
}

/** The largest number of bills that one payment takes. */
const BILLS_MAX = 100
const ATTEMPTS = 3
const OPEN_EVERY_MS = 500
const OPEN_LOOKS_MAX = 120

/** How a citizen's payment ended: `refused` when the engine took none any more (paid, cancelled or handed back meanwhile). */
export type PaymentOutcome = 'paid' | 'refused'

/** Pays bills of one citizen at once, as a person would: a checkout, the gateway's page, perhaps a second attempt there. */
export async function payBills(till: Till, citizen: Citizen, bills: readonly string[], language: 'ko' | 'en'): Promise<PaymentOutcome> {
  for (let start = 0; start < bills.length; start += BILLS_MAX) {
    if ((await payOnce(till, citizen, bills.slice(start, start + BILLS_MAX), language)) === 'refused') return 'refused'
  }
  return 'paid'
}

async function payOnce(till: Till, citizen: Citizen, bills: readonly string[], language: 'ko' | 'en'): Promise<PaymentOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    const checkout = await openCheckout(till, bills, language, attempt)
    if (checkout === null) return 'refused'
    if (citizen.declined && attempt === 1) await till.gateway.decline(checkout.id)
    if (await till.gateway.authorize(checkout.id, citizen.method)) return 'paid'
    // The page was left behind by a run that was stopped, or expired: a person would begin again.
    if (attempt === ATTEMPTS) return 'refused'
  }
}

/** A checkout whose page is open; null when the engine takes no payment of these bills any more. */
async function openCheckout(
  { operator, signal }: Till,
  bills: readonly string[],
  language: 'ko' | 'en',
  attempt: number,
): Promise<Schemas['Checkout'] | null> {
  try {
    let checkout = await operator.post('/v1/checkouts', { body: { bills: bills, language }, occasion: `attempt ${attempt}` })
    for (let look = 0; checkout.state === 'claimed' && look < OPEN_LOOKS_MAX; look += 1) {
      await delay(OPEN_EVERY_MS, undefined, { signal })
      checkout = await operator.get('/v1/checkouts/{id}', { path: { id: checkout.id } })
    }
    return checkout
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 409) return null
    throw error
  }
}
