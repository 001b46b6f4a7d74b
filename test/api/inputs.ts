import type { Policy } from '../../domain/policy.ts'

export const POLICY: Policy = {
  calendar: { zone: 'Asia/Seoul' },
  chain: [
    { channel: 'app', wait: 'PT24H', until: 'read' },
    { channel: 'paper', wait: 'P5D', until: 'delivered' },
  ],
  proofOfService: 'delivered',
  due: { from: 'issue', after: 'P30D' },
  reminders: [{ when: 'before', offset: 'P7D' }],
  handBackAfter: 'P60D',
  objection: { within: 'P90D' },
  settlement: { within: 'P3D', askEvery: 'P1D', exceptionAfter: 'P10D' },
  checkout: { expiresAfter: 'PT1H', askEvery: 'PT1M' },
  onExcess: 'refund',
  pauseStops: ['deliver', 'remind', 'due', 'handBack'],
  rounding: 'down',
}

/** A valid bill, with `changes` at its top level. */
export const newBillBody = (changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  billNumber: 'N-1',
  policy: 'bill',
  title: '2026년 제2기 자동차세',
  details: [{ label: '차량 번호', value: '12가 3456' }],
  amount: { amount: '128500', currency: 'KRW' },
  citizen: { identifier: 'resident-1', name: '김하늘', language: 'ko', contacts: [{ channel: 'app', address: 'haneul-app' }] },
  ...changes,
})
