import { expect, it } from '@jest/globals'
import type { Canary } from '../../chaos/run.ts'
import { CHAOS_LIMIT_MS, describeChaos, shortRun } from './support.ts'

/** A run that does not notice a safeguard that is gone would not notice anything. */
describeChaos('a short chaos run without a safeguard', () => {
  it.each<[Canary, readonly string[], readonly ('lost' | 'duplicated' | 'phantom' | 'acked_missing')[]]>([
    ['deduplication', [], ['duplicated', 'acked_missing']],
    ['attempt-record', ['F13', 'F21'], ['duplicated', 'lost']],
    ['ask-before-expire', ['F19', 'F20'], ['lost']],
  ])(
    'notices that there is no %s',
    async (canary, faults, kinds) => {
      // Long enough that something is under way while the fault is there, also on a machine that has other things to do.
      const result = await shortRun(faults, { canary, minutes: 0.8 })
      expect(kinds.map((kind) => result[kind]).reduce((a, b) => a + b)).toBeGreaterThan(0)
    },
    CHAOS_LIMIT_MS,
  )
})
