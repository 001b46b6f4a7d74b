import type { Machine } from './table.ts'

export const CHECKOUT_STATES = ['claimed', 'open', 'paid', 'failed', 'cancelled', 'expired'] as const
export type CheckoutState = (typeof CHECKOUT_STATES)[number]
export type CheckoutEvent = 'open' | 'capture' | 'fail' | 'cancel' | 'expire'

/**
 * One payment of one or many bills. `claimed`: the bills are held, the gateway's session is not known yet. Only
 * `capture` takes money; `expire` and `cancel` come after the gateway said that there is none.
 */
export const checkoutMachine: Machine<CheckoutState, CheckoutEvent> = {
  name: 'checkout',
  initial: 'claimed',
  table: {
    claimed: { open: 'open', capture: 'paid', fail: 'failed', cancel: 'cancelled', expire: 'expired' },
    open: { open: 'open', capture: 'paid', fail: 'failed', cancel: 'cancelled', expire: 'expired' },
    paid: {},
    // A gateway that changes its mind after saying "no" still brings money, and money is always recorded.
    failed: { capture: 'paid' },
    cancelled: { capture: 'paid' },
    expired: { capture: 'paid' },
  },
}
