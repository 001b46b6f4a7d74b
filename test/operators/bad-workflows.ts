import * as unchanged from '../../workflows/index.ts'

export const { bill, checkout, issueBatch, sweep, webhook } = unchanged

/** A deployment whose code throws where it should not. */
export function statement(): Promise<void> {
  throw new Error('a bad deployment')
}
