import type { Machine } from './table.ts'

export const REFUND_STATES = [
  'requested',
  'submitted',
  'succeeded',
  'failed',
  'awaitingAccount',
  'awaitingPayout',
  'awaitingApproval',
  'declined',
] as const
export type RefundState = (typeof REFUND_STATES)[number]
export type RefundEvent =
  | 'submit'
  | 'succeed'
  | 'fail'
  | 'askAccount'
  | 'giveAccount'
  | 'awaitPayout'
  | 'payOut'
  | 'takeBack'
  | 'awaitApproval'
  | 'approve'
  | 'decline'

/**
 * Money back. `takeBack`: the bank or the card scheme took it, nobody was asked.
 * `submitted` is recorded before the gateway is called, so an unknown outcome is asked for, never repeated.
 */
export const refundMachine: Machine<RefundState, RefundEvent> = {
  name: 'refund',
  initial: 'requested',
  table: {
    requested: { submit: 'submitted', askAccount: 'awaitingAccount', takeBack: 'succeeded', awaitApproval: 'awaitingApproval' },
    // One person ordered more than the institution leaves to one: a second one decides.
    awaitingApproval: { approve: 'requested', decline: 'declined', takeBack: 'succeeded' },
    submitted: { submit: 'submitted', succeed: 'succeeded', fail: 'failed', askAccount: 'awaitingAccount', awaitPayout: 'awaitingPayout' },
    awaitingAccount: { giveAccount: 'requested' },
    // The gateway pays to no accounts: a person does, and says so, or finds that the account is none.
    awaitingPayout: { payOut: 'succeeded', askAccount: 'awaitingAccount' },
    failed: { giveAccount: 'requested' },
    succeeded: {},
    declined: {},
  },
}
