import type { Schemas } from '../../client/index.ts'

type Policy = Schemas['NewPolicy']['policy']

/** The channel of mail, whose simulator the run starts. */
export const { channel: MAIL } = { channel: 'email' } as const

/** Every clock in so many seconds that a bill's whole life fits into the end of a run. */
export function policyOf(unit: number): Policy {
  const seconds = (units: number): string => `PT${Math.max(1, Math.round(units * unit))}S`
  return {
    calendar: { zone: 'Asia/Seoul' },
    chain: [
      { channel: MAIL, wait: seconds(1), until: 'accepted' },
      { channel: 'inbox', wait: seconds(1), until: 'delivered' },
    ],
    proofOfService: 'accepted',
    due: { from: 'issue', after: seconds(5) },
    reminders: [
      { when: 'before', offset: seconds(2) },
      { when: 'after', offset: seconds(1) },
    ],
    handBackAfter: seconds(4),
    settlement: { within: seconds(3), askEvery: seconds(3), exceptionAfter: seconds(60) },
    checkout: { expiresAfter: seconds(5), askEvery: seconds(1.5) },
    onExcess: 'refund',
    pauseStops: ['deliver', 'remind', 'due', 'surcharge', 'handBack'],
    rounding: 'down',
  }
}
