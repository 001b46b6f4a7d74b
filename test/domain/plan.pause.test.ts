import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Bill } from '../../domain/bill.ts'
import { dueAt } from '../../domain/due-date.ts'
import { between } from '../../domain/own-time.ts'
import { forecast } from '../../domain/plan.ts'
import { type Clock, CLOCKS, type Policy } from '../../domain/policy.ts'
import { DAY, exactPolicies, newBills, policies, START } from './plan-arbitraries.ts'

/** An issued bill whose first notice was accepted a while ago, so that every clock may be running. */
const running: fc.Arbitrary<Bill> = fc
  .tuple(newBills, fc.constantFrom('app', 'sms', 'email', 'paper', 'inbox'), fc.boolean())
  .map(([bill, channel, delivered]) => {
    const issuedAt = START - DAY
    const receipts = { acceptedAt: issuedAt, deliveredAt: delivered ? issuedAt : null, readAt: null, endedAt: null }
    return {
      ...bill,
      status: 'issued',
      issueAt: issuedAt,
      issuedAt,
      asksMoney: true,
      dueDate: null,
      deliveries: [
        {
          key: `notice:${channel}`,
          purpose: 'notice',
          channel,
          state: delivered ? 'delivered' : 'accepted',
          attemptedAt: issuedAt,
          ...receipts,
        },
      ],
    }
  })

interface Dated {
  key: string
  clock: Clock
  at: number
}

const clockOf = (key: string): Clock =>
  key.startsWith('notice:')
    ? 'deliver'
    : key.startsWith('reminder:')
      ? 'remind'
      : key === 'fallDue'
        ? 'due'
        : key.startsWith('surcharge:')
          ? 'surcharge'
          : 'handBack'
const dates = (bill: Bill, policy: Policy): Dated[] =>
  forecast(bill, policy, START).map(({ at, step }) => ({ key: step.key, clock: clockOf(step.key), at }))

const moments = fc.nat(50 * 86_400).map((seconds) => START + seconds * 1000)
const lengths = fc.integer({ min: 1, max: 40 * 86_400 }).map((seconds) => seconds * 1000)
const allClocks = exactPolicies.map((policy): Policy => ({ ...policy, pauseStops: [...CLOCKS] }))
/** The plan acts at the first millisecond after the due date; a pause that begins on it to the millisecond is no case of its own. */
const apart = (all: readonly Dated[], from: number): boolean => all.every(({ at }) => Math.abs(at - from) > 2)

describe('a pause of every clock', () => {
  it('shifts every later date by exactly its length and no earlier one', () => {
    fc.assert(
      fc.property(running, allClocks, moments, lengths, (bill, policy, from, length) => {
        const before = dates(bill, policy)
        fc.pre(apart(before, from))
        const after = dates({ ...bill, pauses: [{ from, until: from + length }] }, policy)
        expect(after).toEqual(before.map((one) => (one.at < from ? one : { ...one, at: one.at + length })))
      }),
      { numRuns: 300 },
    )
  })

  it('and another one shift a date by both', () => {
    fc.assert(
      fc.property(running, allClocks, moments, lengths, moments, lengths, (bill, policy, one, first, other, second) => {
        const [a, b] = one < other ? [one, other] : [other, one]
        const pause = { from: a, until: a + first }
        const later = { from: b + first, until: b + first + second }
        const before = dates(bill, policy)
        fc.pre(apart(before, a) && apart(before, b) && a < b)
        const shifted = dates({ ...bill, pauses: [pause, later] }, policy)
        expect(shifted).toEqual(before.map((date) => ({ ...date, at: date.at + (date.at < a ? 0 : first) + (date.at < b ? 0 : second) })))
      }),
      { numRuns: 200 },
    )
  })

  it('of 13 days for an objection leaves exactly the time that was left', () => {
    fc.assert(
      fc.property(running, allClocks, moments, (bill, policy, from) => {
        const before = dates(bill, policy).filter(({ at }) => at > from + 2)
        const resumedAt = from + 13 * DAY
        const after = dates({ ...bill, pauses: [{ from, until: resumedAt }] }, policy).filter(({ at }) => at >= resumedAt)
        for (const { key, at } of before) expect(after.find((one) => one.key === key)?.at).toBe(resumedAt + (at - from))
      }),
      { numRuns: 100 },
    )
  })
})

describe('a pause that lasts', () => {
  it('stops exactly the clocks that the policy names, and what is counted from them', () => {
    fc.assert(
      fc.property(running, exactPolicies, moments, (bill, anyPolicy, from) => {
        const policy: Policy = { ...anyPolicy, due: { ...anyPolicy.due, from: 'issue' } }
        const before = dates(bill, policy)
        fc.pre(apart(before, from))
        const stopped = (clock: Clock): boolean => policy.pauseStops.includes(clock)
        const dueLater = (dueAt(bill, policy) ?? 0) > from
        // A due date that is stopped has no date, and neither have the reminders and the handing back that count from it.
        const unknown = dueLater && stopped('due')
        const held = ({ at, clock }: Dated): boolean =>
          (at > from && stopped(clock)) || (unknown && (clock === 'remind' || (at > from && clock !== 'deliver')))
        // Where handing back is held, steps come after it that it would have made pointless.
        const after = dates({ ...bill, pauses: [{ from, until: null }] }, policy).filter(({ at }) => at <= (before.at(-1)?.at ?? 0))
        expect(after).toEqual(before.filter((one) => !held(one)))
      }),
      { numRuns: 300 },
    )
  })

  it('never hands back a bill whose due date it keeps from coming', () => {
    fc.assert(
      fc.property(running, policies, moments, (bill, policy, from) => {
        const stops: Policy = { ...policy, pauseStops: ['due'], due: { ...policy.due, from: 'issue' } }
        const paused: Bill = { ...bill, pauses: [{ from, until: null }] }
        fc.pre(dueAt(paused, stops) === null)
        expect(dates(paused, stops).map(({ key }) => key)).not.toContain('handBack')
      }),
    )
  })
})

describe('a pause under calendar rules', () => {
  const issueOnly = policies.map((policy): Policy => ({ ...policy, pauseStops: [...CLOCKS], due: { ...policy.due, from: 'issue' } }))
  const nominal = (policy: Policy): Policy => ({ ...policy, calendar: { zone: policy.calendar.zone } })

  it('never takes a moment from the days that are counted', () => {
    fc.assert(
      fc.property(running, issueOnly, moments, lengths, (bill, policy, from, length) => {
        const pauses = [{ from, until: from + length }]
        const issuedAt = bill.issuedAt ?? 0
        const counted = (dueAt(bill, nominal(policy)) ?? 0) - issuedAt
        expect(between(issuedAt, dueAt({ ...bill, pauses }, policy) ?? 0, pauses)).toBeGreaterThanOrEqual(counted)
      }),
      { numRuns: 200 },
    )
  })

  it('that begins on the weekend before the due date leaves what is left of it', () => {
    fc.assert(
      fc.property(running, issueOnly, fc.double({ min: 0, max: 0.99, noNaN: true }), lengths, (bill, policy, fraction, length) => {
        const [day, due] = [dueAt(bill, nominal(policy)), dueAt(bill, policy)]
        fc.pre(day !== null && due !== null && day < due)
        const from = day + 1 + Math.floor(fraction * (due - day))
        expect(dueAt({ ...bill, pauses: [{ from, until: from + length }] }, policy)).toBeGreaterThanOrEqual(due + length)
      }),
      { numRuns: 50 },
    )
  })

  it('does not move a due date that has passed', () => {
    fc.assert(
      fc.property(running, issueOnly, lengths, lengths, (bill, policy, later, length) => {
        const due = dueAt(bill, policy) ?? 0
        expect(dueAt({ ...bill, pauses: [{ from: due + later, until: due + later + length }] }, policy)).toBe(due)
      }),
      { numRuns: 100 },
    )
  })
})
