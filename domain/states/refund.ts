import type { Machine } from './table.ts'

export const REFUND_STATES = ['requested', 'submitted', 'succeeded', 'failed', 'awaitingAccount'] as const
export type RefundState = (typeof REFUND_STATES)[number]
export type RefundEvent = 'submit' | 'succeed' | 'fail' | 'askAccount' | 'giveAccount'

/** Money back. `submitted` is recorded before the gateway is called, so an unknown outcome is asked for, never repeated. */
export const refundMachine: Machine<RefundState, RefundEvent> = {
  name: 'refund',
  initial: 'requested',
  table: {
    requested: { submit: 'submitted', askAccount: 'awaitingAccount' },
    submitted: { submit: 'submitted', succeed: 'succeeded', fail: 'failed', askAccount: 'awaitingAccount' },
    awaitingAccount: { giveAccount: 'requested' },
    failed: { giveAccount: 'requested' },
    succeeded: {},
  },
}
