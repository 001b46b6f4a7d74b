import { expect, it } from '@jest/globals'
import { CHAOS_LIMIT_MS, describeChaos, shortRun } from './support.ts'

const FAULTS = ['F2', 'F6', 'F8', 'F13', 'F16', 'F21']
const NOTHING = { lost: 0, duplicated: 0, phantom: 0, stuck: 0, unresolved: 0, acked_missing: 0, refused_present: 0 }

describeChaos('a short chaos run', () => {
  it(
    'loses nothing, does nothing twice and leaves nothing stuck, whatever is killed',
    async () => {
      const result = await shortRun(FAULTS)
      expect(result).toMatchObject({ ...NOTHING, findings: [] })
      expect(result.payments).toBeGreaterThan(0)
    },
    CHAOS_LIMIT_MS,
  )
})
