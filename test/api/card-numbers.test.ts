import { describe, expect, it } from '@jest/globals'
import { refundAccount } from '../../schemas/refund-account.ts'

const VISA = '4242424242424242'

describe('the number of a payment card', () => {
  it.each([
    ['number', VISA],
    ['number', '4242-4242-4242-4242'],
    ['number', '378282246310005'],
    ['bank', `Card ${VISA}`],
    ['holder', VISA],
  ])('is refused as the %s of an account for a refund', (field, value) => {
    const parsed = refundAccount.safeParse({ bank: 'Sample Bank', number: '110-123-456789', holder: '김하늘', [field]: value })
    expect(parsed.error?.issues.map((issue) => (issue as { params?: object }).params)).toEqual([{ code: 'card_number_refused' }])
  })

  it.each(['110-123-456789', '4222222222222', 'GB33BUKB20201555555555', 'DE89370400440532013000', 'FR1420041010050500013M02606'])(
    'is not seen in the account %s',
    (number) => expect(refundAccount.safeParse({ bank: 'Sample Bank', number, holder: '김하늘' }).success).toBe(true),
  )
})
