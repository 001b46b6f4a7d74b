import type { Policy } from '../domain/policy.ts'

/**
 * The policy of measured bills, with the reminders of a local tax (examples/policies). Long clocks, so that on the happy
 * path nothing but the payment and the settlement moves a bill.
 */
export const POLICY: Policy = {
  calendar: { zone: 'Asia/Seoul' },
  chain: [{ channel: 'inbox', wait: 'PT24H', until: 'delivered' }],
  proofOfService: 'delivered',
  due: { from: 'issue', after: 'P30D' },
  reminders: [
    { when: 'before', offset: 'P7D' },
    { when: 'before', offset: 'P1D' },
    { when: 'after', offset: 'P7D' },
  ],
  handBackAfter: 'P60D',
  settlement: { within: 'P3D', askEvery: 'P1D', exceptionAfter: 'P10D' },
  checkout: { expiresAfter: 'PT1H', askEvery: 'PT1M' },
  onExcess: 'refund',
  pauseStops: ['deliver', 'remind', 'due', 'handBack'],
  rounding: 'down',
}
