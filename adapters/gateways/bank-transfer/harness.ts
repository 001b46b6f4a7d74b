import { adapter } from './index.ts'

export const onlyInstructs = true

/** There is nothing to start: the bank is seen in its statements, and the adapter calls nobody. */
export function startHarness() {
  const settings = { BANK_TRANSFER_ACCOUNT: 'DE02120300000000202051', BANK_TRANSFER_BANK: 'Contract Bank' }
  return Promise.resolve({ gateway: adapter.create(settings), settings, stop: () => Promise.resolve() })
}
