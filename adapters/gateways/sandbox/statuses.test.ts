import { describe, expect, it } from '@jest/globals'
import { ProviderError } from '../../../domain/errors.ts'
import { toClaim, toMethod, toPaymentStatus, toRefundStatus, toSubject } from './statuses.ts'

describe('the status table', () => {
  it.each([
    [
      toPaymentStatus,
      { OPEN: 'pending', AUTHORIZED: 'authorized', CAPTURED: 'captured', DECLINED: 'declined', CANCELLED: 'cancelled', EXPIRED: 'expired' },
    ],
    [toRefundStatus, { RUNNING: 'pending', DONE: 'succeeded', FAILED: 'failed' }],
    [toClaim, { DISPUTED: 'disputed', REVERSED: 'reversed', RETURNED: 'returned' }],
    [toMethod, { card: 'card', simple_pay: 'simplePay', bank_account: 'bankAccount' }],
    [
      toSubject,
      {
        'payment.authorized': 'payment',
        'payment.captured': 'payment',
        'payment.declined': 'payment',
        'payment.cancelled': 'payment',
        'payment.claimed': 'payment',
        'refund.done': 'refund',
        'refund.failed': 'refund',
      },
    ],
  ] as [(word: string) => string, Record<string, string>][])('translates every word (%#)', (translate, table) => {
    for (const [theirs, ours] of Object.entries(table)) expect(translate(theirs)).toBe(ours)
  })

  it.each([toPaymentStatus, toRefundStatus, toClaim, toMethod, toSubject])('raises a word that it does not know (%#)', (translate) => {
    for (const word of ['', 'captured ', 'REFUNDED', 'toString', '__proto__', 'constructor']) {
      expect(() => translate(word)).toThrow(ProviderError)
      expect(() => translate(word)).toThrow(expect.objectContaining({ kind: 'technical' }))
    }
  })
})
