import type { SimulatorManifest } from '../../../../domain/ports/simulator.ts'
import { kitFlags } from '../../../kit/simulator/run.ts'
import { ACCOUNT } from './open.ts'

export const manifest: SimulatorManifest = {
  description: 'A practice bank: anybody transfers to our account on its page, and it tells of that in camt.053 and camt.054 files.',
  onRequest: true,
  secrets: [],
  usualPort: 4040,
  flags: kitFlags,
  settings: () => ({ BANK_TRANSFER_ACCOUNT: ACCOUNT, BANK_TRANSFER_BANK: 'Practice bank' }),
}
