import { describe, expect, it } from '@jest/globals'
import { isRefusedData, toFailure } from '../../activities/failure.ts'

/** As the driver throws it. */
const sqlError = (code: string): Error => Object.assign(new Error('no'), { code })

describe('what the database answers', () => {
  it.each([
    ['23514', 'a rule of the books', { refused: true, final: true }],
    ['22003', 'a number out of range', { refused: true, final: true }],
    ['42703', 'a column that a bad deployment asks for', { refused: false, final: true }],
    ['42501', 'a right that is missing', { refused: false, final: true }],
    ['53100', 'a full disk', { refused: false, final: false }],
    ['ECONNREFUSED', 'nobody there', { refused: false, final: false }],
  ])('%s, %s: this data is refused, or no repetition helps', (code, _, { refused, final }) => {
    expect(isRefusedData(sqlError(code))).toBe(refused)
    expect(toFailure(sqlError(code))).toMatchObject({ nonRetryable: final })
  })
})
