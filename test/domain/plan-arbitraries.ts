import fc from 'fast-check'
import type { Bill } from '../../domain/bill.ts'
import type { Calendar } from '../../domain/calendar.ts'
import type { Duration } from '../../domain/duration.ts'
import { type ChainLink, CLOCKS, type Policy, RECEIPT_LEVELS } from '../../domain/policy.ts'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
/** A spring in which the clocks of Europe and America change while bills are under way. */
export const START = Date.parse('2026-03-01T00:00:00Z')

const CHANNELS = ['app', 'sms', 'email', 'paper', 'inbox'] as const
const ZONES = ['Asia/Seoul', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'UTC'] as const

const clockTime = fc
  .nat(24 * 60 - 1)
  .map((minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`)
const zone = fc.constantFrom(...ZONES)

const calendars: fc.Arbitrary<Calendar> = fc.record(
  {
    zone,
    quietHours: fc.record({ from: clockTime, until: clockTime }),
    dueOnBusinessDay: fc.boolean(),
    holidays: fc.constantFrom(['2026-03-31'], ['2026-03-29', '2026-03-30', '2026-04-01']),
  },
  { requiredKeys: ['zone'] },
)

export const days = (max: number): fc.Arbitrary<Duration> => fc.nat(max).map((count): Duration => `P${count}D`)
/** Seconds to weeks, with zero among them. */
export const exact = (maxSeconds: number): fc.Arbitrary<Duration> =>
  fc.oneof(fc.nat(90), fc.nat(maxSeconds)).map((seconds): Duration => `PT${seconds}S`)
const durations = (maxDays: number): fc.Arbitrary<Duration> => fc.oneof(days(maxDays), exact(maxDays * 86_400))

const chains: fc.Arbitrary<ChainLink[]> = fc
  .tuple(
    fc.shuffledSubarray([...CHANNELS], { minLength: 1, maxLength: 4 }),
    fc.array(fc.tuple(durations(5), fc.constantFrom(...RECEIPT_LEVELS), fc.boolean()), { minLength: 4, maxLength: 4 }),
  )
  .map(([channels, links]) =>
    channels.map((channel, index) => ({
      channel,
      wait: links[index]?.[0] ?? 'P1D',
      until: links[index]?.[1] ?? 'read',
      needsAddress: links[index]?.[2] ?? false,
    })),
  )

/** Whatever an institution may write, with at most 20 questions for a settlement that is late. */
const settlements: fc.Arbitrary<Policy['settlement']> = fc
  .tuple(fc.nat(72), fc.integer({ min: 1, max: 24 }), fc.nat(20), fc.nat(59))
  .map(([within, every, asks, minutes]) => ({
    within: `PT${within}H`,
    askEvery: `PT${every}H`,
    exceptionAfter: `PT${within + every * asks}H${minutes}M`,
  }))

const rules = (duration: fc.Arbitrary<Duration>): fc.Arbitrary<Policy['reminders']> =>
  fc.array(fc.record({ when: fc.constantFrom('before', 'after'), offset: duration }), { maxLength: 4 })

const percents = fc.constantFrom('3', '0.66', '1.2', '20', '100')
const lates: fc.Arbitrary<Policy['late']> = fc.option(
  fc.record(
    {
      once: percents,
      again: fc.record(
        {
          percent: percents,
          every: fc.oneof(fc.constant('P1M' as const), exact(20 * 86_400)),
          times: fc.integer({ min: 1, max: 60 }),
          principalFrom: fc.constantFrom('1000', '12400', '450000').map((amount) => ({ amount, currency: 'KRW' as const })),
        },
        { requiredKeys: ['percent', 'every', 'times'] },
      ),
      cap: percents,
    },
    { requiredKeys: ['once'] },
  ),
  { nil: undefined },
)
const earlies: fc.Arbitrary<Policy['early']> = fc.option(
  fc.record({ percent: percents, within: exact(30 * 86_400), from: fc.constantFrom('issue' as const, 'service' as const) }),
  { nil: undefined },
)

const ofParts = (parts: { calendar: fc.Arbitrary<Calendar>; duration: fc.Arbitrary<Duration> }): fc.Arbitrary<Policy> =>
  fc
    .record({
      calendar: parts.calendar,
      chain: chains,
      proofOfService: fc.constantFrom(...RECEIPT_LEVELS),
      due: fc.record({ from: fc.constantFrom('issue', 'service'), after: parts.duration }),
      reminders: rules(parts.duration),
      handBackAfter: parts.duration,
      settlement: settlements,
      checkout: fc.constant({ expiresAfter: 'PT30M', askEvery: 'PT5M' }),
      onExcess: fc.constantFrom('refund', 'hold', 'offset'),
      pauseStops: fc.subarray([...CLOCKS]),
      rounding: fc.constantFrom('down', 'up', 'halfUp', 'halfEven'),
      late: lates,
      early: earlies,
    })
    .map(({ late, early, ...policy }): Policy => ({ ...policy, ...(late ? { late } : {}), ...(early ? { early } : {}) }))

export const policies = ofParts({ calendar: calendars, duration: durations(40) })
/** Policies whose dates no calendar rule adjusts: exact times, and no quiet hours or business days. */
export const exactPolicies = ofParts({ calendar: zone.map((name): Calendar => ({ zone: name })), duration: exact(40 * 86_400) })

const isoDate = fc.integer({ min: -5, max: 60 }).map((day) => new Date(START + day * DAY).toISOString().slice(0, 10))

/** Bills as they are received; everything else happens to them in `plan-life.ts`. */
export const newBills: fc.Arbitrary<Bill> = fc.record({
  id: fc.constant('bill_1'),
  status: fc.constant('received'),
  currency: fc.constant('KRW'),
  asksMoney: fc.integer({ min: 0, max: 4 }).map((one) => one > 0),
  issueAt: fc.integer({ min: 0, max: 5 * 86_400 }).map((seconds) => START + seconds * 1000),
  issuedAt: fc.constant(null),
  dueFixedAt: fc.constant(null),
  dueRevision: fc.constant(1),
  validUntil: fc.constant(null),
  noticeRevision: fc.constant(1),
  noticesFrom: fc.constant(null),
  checkoutStale: fc.constant(false),
  dueDate: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: isoDate }),
  preferredChannels: fc.shuffledSubarray([...CHANNELS, 'unknown'], { maxLength: 3 }),
  addressedChannels: fc.subarray([...CHANNELS]),
  chargedMinor: fc.constant(12_500n),
  surchargedMinor: fc.constant(0n),
  reducedMinor: fc.constant(0n),
  surcharges: fc.constant(0),
  paidMinor: fc.constant(0n),
  refundedMinor: fc.constant(0n),
  writtenOffMinor: fc.constant(0n),
  cancelledMinor: fc.constant(0n),
  settledMinor: fc.constant(0n),
  refundSettledMinor: fc.constant(0n),
  creditMinor: fc.constant(0n),
  paidAt: fc.constant(null),
  checkoutOpen: fc.constant(false),
  settlementAsks: fc.constant(0),
  exceptionOpen: fc.constant(false),
  pauses: fc.constant([]),
  deliveries: fc.constant([]),
  refunds: fc.constant([]),
})
