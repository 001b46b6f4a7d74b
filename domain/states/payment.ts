import type { Machine } from './table.ts'

export const PAYMENT_STATES = ['captured', 'settled', 'disputed', 'reversed', 'returned'] as const
export type PaymentState = (typeof PAYMENT_STATES)[number]
export type PaymentEvent = 'settle' | 'dispute' | 'winDispute' | 'winUnsettled' | 'reverse' | 'return'

/**
 * Money in, by any rail. What of it went back is told by its refunds. `reversed`: the card scheme took it back after a
 * dispute; `returned`: the bank took back a transfer or direct debit.
 */
export const paymentMachine: Machine<PaymentState, PaymentEvent> = {
  name: 'payment',
  initial: 'captured',
  table: {
    captured: { settle: 'settled', dispute: 'disputed', return: 'returned' },
    settled: { dispute: 'disputed', return: 'returned' },
    disputed: { winDispute: 'settled', winUnsettled: 'captured', settle: 'disputed', reverse: 'reversed' },
    // Its settlement may come after that: both the payment and its way back stand in the gateway's files.
    reversed: { settle: 'reversed' },
    returned: { settle: 'returned' },
  },
}
