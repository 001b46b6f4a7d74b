import { adapter } from './index.ts'

export const abilities = [] as const

export const unavailable = (): null => null

/** The page has no counterpart: `test/contract/channel-harness.ts` says what is expected of those that have one. */
export const startHarness = async () => ({
  channel: adapter.create({}),
  address: 'cit_01',
  unreachable: [],
  driver: {},
  stop: () => Promise.resolve(),
})
