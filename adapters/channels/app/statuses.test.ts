import { describe, expect, it } from '@jest/globals'
import { ProviderError } from '../../../domain/errors.ts'
import { meaningOf, STATUSES } from './statuses.ts'
import { receiptOf } from './wire.ts'

const report = { key: 'dlv_1', reference: 'r-1', at: '2026-11-24T09:00:00.5+09:00' }

describe('the status table', () => {
  it.each([
    ['accepted', { level: 'accepted' }],
    ['delivered', { level: 'delivered' }],
    ['opened', { level: 'read' }],
    ['temporary-failure', { level: 'failed', kind: 'temporary' }],
    ['permanent-failure', { level: 'failed', kind: 'permanent' }],
    ['technical-failure', { level: 'failed', kind: 'technical' }],
  ])('reads %s', (status, meaning) => {
    expect(meaningOf(status)).toEqual(meaning)
  })

  it('has no other rows', () => {
    expect(Object.keys(STATUSES)).toHaveLength(6)
  })

  it.each(['seen', '', 'Delivered', 'delivered ', 'toString', '__proto__'])('raises at %j', (status) => {
    expect(() => meaningOf(status)).toThrow(expect.objectContaining({ kind: 'technical', code: 'status_unknown' }))
    expect(() => meaningOf(status)).toThrow(ProviderError)
  })
})

describe('a receipt', () => {
  it("has the relay in its reference and the relay's time in milliseconds", () => {
    expect(receiptOf('talk', { ...report, status: 'opened' })).toEqual({
      level: 'read',
      at: Date.UTC(2026, 10, 24, 0, 0, 0, 500),
      reference: 'talk:r-1',
    })
  })

  it("says why it failed, in the relay's code or else in its status", () => {
    expect(receiptOf('talk', { ...report, status: 'permanent-failure', code: 'account_closed' })).toMatchObject({
      kind: 'permanent',
      code: 'account_closed',
    })
    expect(receiptOf('talk', { ...report, status: 'permanent-failure' })).toMatchObject({ kind: 'permanent', code: 'permanent_failure' })
  })
})
