import { expect, it } from '@jest/globals'
import { toMethod, toPayment, toRefund } from './statuses.ts'

/** What the contract suite cannot know. YOURS: the provider's tables, limits and files. */
it.each([
  [toPayment, 'captured', 'captured'],
  [toRefund, 'done', 'succeeded'],
  [toMethod, 'wallet', 'simplePay'],
] as const)('the table %p knows "%s"', (look, theirs, ours) => {
  expect(look(theirs)).toBe(ours)
})

it.each([toPayment, toRefund, toMethod])('the table %p raises what it does not know', (look) => {
  for (const word of ['teleported', 'constructor', '']) expect(() => look(word)).toThrow(expect.objectContaining({ kind: 'technical' }))
})
