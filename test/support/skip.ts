import { describe, it } from '@jest/globals'

/**
 * `describe`, or a skipped one whose name says why it is skipped. With `CI=true` a skip is a failure: there, what the
 * suite needs is part of the machine.
 */
export function describeIf(condition: boolean, reason: string): (name: string, suite: () => void) => void {
  if (condition) return (name, suite) => describe(name, suite)
  if (process.env['CI'] === 'true') {
    const fail = (): never => {
      throw new Error(`This suite cannot run here: ${reason}`)
    }
    return (name) => describe(name, () => it('has what it needs', fail))
  }
  return (name, suite) => describe.skip(`${name} [skipped: ${reason}]`, suite)
}
