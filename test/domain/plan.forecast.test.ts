import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Bill } from '../../domain/bill.ts'
import { assumeDone, forecast, nextStep } from '../../domain/plan.ts'
import type { Policy } from '../../domain/policy.ts'
import { DAY, newBills, policies, START } from './plan-arbitraries.ts'
import { events, happen, live, outcomes } from './plan-life.ts'

interface Dated {
  at: number
  stage: string
  key: string
}

/** What the plan does when nothing happens but time: it is asked at its own dates and at every one of `wakes` besides. */
function advance(
  start: Bill,
  policy: Policy,
  now: number,
  wakes: readonly number[],
): { steps: Dated[]; states: { bill: Bill; since: number }[] } {
  const steps: Dated[] = []
  const states = [{ bill: start, since: now }]
  let bill = start
  let time = now
  for (;;) {
    const { step, stage, at } = nextStep(bill, policy, time)
    if (step === null || at === null) {
      const wake = wakes.find((one) => one > time)
      if (wake === undefined) return { steps, states }
      time = wake
      continue
    }
    if (at > time) {
      time = Math.min(at, ...wakes.filter((one) => one > time))
      continue
    }
    steps.push({ at: time, stage, key: step.key })
    bill = assumeDone(bill, policy, step, time)
    states.push({ bill, since: time })
  }
}

const dated = (bill: Bill, policy: Policy, now: number): Dated[] =>
  forecast(bill, policy, now).map(({ at, stage, step }) => ({ at, stage, key: step.key }))

const wakes = fc
  .array(fc.nat(60 * 86_400), { maxLength: 6 })
  .map((all) => all.map((seconds) => START + seconds * 1000).sort((a, b) => a - b))
/** A bill somewhere in its life: what happened so far, and the moment at which the forecast is asked for. */
const moments = fc
  .record({ policy: policies, bill: newBills, events, outcomes, open: events, later: fc.nat(10 * DAY) })
  .map(({ policy, bill, events: past, outcomes: ends, open, later }) => {
    const life = live(bill, policy, { now: START, events: past.slice(0, 4), outcomes: ends, end: false })
    const steps = life.done.length
    const chosen = life.done[Math.floor(steps / 2)]
    const at = chosen?.at ?? START
    // Something more has just happened, which the plan has not seen yet.
    return {
      policy,
      bill: open.slice(0, 2).reduce((one, event) => happen(one, event, at), chosen?.bill ?? bill),
      now: at + (later % 3 === 0 ? later : 0),
    }
  })

describe('the forecast', () => {
  it('is what the plan then does, however often it is asked in between', () => {
    fc.assert(
      fc.property(moments, wakes, ({ policy, bill, now }, extra) => {
        expect(dated(bill, policy, now)).toEqual(advance(bill, policy, now, extra).steps)
      }),
      { numRuns: 300 },
    )
  })

  it('made later says the rest of what was said before', () => {
    fc.assert(
      fc.property(moments, fc.double({ min: 0, max: 1, noNaN: true }), ({ policy, bill, now }, fraction) => {
        const { steps, states } = advance(bill, policy, now, [])
        states.forEach(({ bill: then, since }, index) => {
          const next = steps[index]
          const at = next === undefined ? since + Math.floor(fraction * DAY) : since + Math.floor(fraction * (next.at - since))
          expect(dated(then, policy, at)).toEqual(steps.slice(index))
        })
      }),
      { numRuns: 100 },
    )
  })

  it('ends in a closed bill, unless something holds it or nobody has settled it', () => {
    fc.assert(
      fc.property(policies, newBills, (policy, bill) => {
        expect(dated(bill, policy, START).at(-1)?.key).toMatch(/^(handBack|conclude)$/)
      }),
    )
  })

  it('of a paid bill asks for the settlement until a person looks', () => {
    fc.assert(
      fc.property(policies, newBills, fc.nat(30 * DAY), (policy, bill, paid) => {
        const steps = dated({ ...bill, asksMoney: true, status: 'paid', paidAt: START + paid }, policy, START)
        expect(steps.at(-1)?.key).toBe('openException')
        expect(steps.slice(0, -1).map(({ key }) => key)).toEqual(steps.slice(0, -1).map((_, index) => `askSettlement:${index + 1}`))
        expect(steps.every(({ at }) => at >= START + paid)).toBe(true)
      }),
    )
  })
})

const chain = (hours: number): Policy['chain'] => [
  { channel: 'app', wait: `PT${hours}H`, until: 'read' },
  { channel: 'sms', wait: `PT${hours}H`, until: 'read' },
  { channel: 'paper', wait: 'P10D', until: 'delivered' },
]

it('tells the story of an unread notice: app, SMS, registered paper, handed back', () => {
  const policy: Policy = {
    calendar: { zone: 'Asia/Seoul', quietHours: { from: '21:00', until: '08:00' } },
    chain: chain(24),
    proofOfService: 'delivered',
    due: { from: 'service', after: 'P30D' },
    reminders: [{ when: 'before', offset: 'P3D' }],
    handBackAfter: 'P60D',
    settlement: { within: 'P2D', askEvery: 'P1D', exceptionAfter: 'P7D' },
    checkout: { expiresAfter: 'PT30M', askEvery: 'PT5M' },
    onExcess: 'refund',
    pauseStops: ['deliver', 'remind', 'due', 'handBack'],
    rounding: 'down',
  }
  const [bill] = fc.sample(newBills, { numRuns: 1, seed: 1 })
  if (!bill) throw new Error('no bill')
  const issueAt = Date.parse('2026-03-02T22:30:00+09:00')
  const told = dated({ ...bill, asksMoney: true, dueDate: null, preferredChannels: [], issueAt }, policy, issueAt).map(
    ({ at, stage, key }) => [new Date(at + 9 * 3_600_000).toISOString().slice(0, 16), stage, key],
  )
  expect(told).toEqual([
    ['2026-03-02T22:30', 'issue', 'issue'],
    ['2026-03-03T08:00', 'deliver', 'notice:app'],
    ['2026-03-04T08:00', 'deliver', 'notice:sms'],
    ['2026-03-05T08:00', 'deliver', 'notice:paper'],
    ['2026-05-14T08:00', 'pay', 'handBack'],
  ])
})
