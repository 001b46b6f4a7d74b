import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Bill, Delivery } from '../../domain/bill.ts'
import { addDays, endOfDay, localParts } from '../../domain/calendar.ts'
import { servedAt } from '../../domain/chain.ts'
import { dueAt } from '../../domain/due-date.ts'
import type { Policy } from '../../domain/policy.ts'
import { DAY, exactPolicies, newBills, policies, START } from './plan-arbitraries.ts'

const moments = fc.nat(60 * 86_400).map((seconds) => START + seconds * 1000)
const issued = fc
  .tuple(newBills, moments)
  .map(([bill, issuedAt]): Bill => ({ ...bill, status: 'issued', issuedAt, dueDate: null, asksMoney: true }))

const notice = (channel: string, times: Partial<Delivery>): Delivery => ({
  key: `notice:${channel}`,
  purpose: 'notice',
  channel,
  state: 'delivered',
  attemptedAt: START,
  acceptedAt: null,
  deliveredAt: null,
  readAt: null,
  endedAt: null,
  ...times,
})
const served = (bill: Bill, ...deliveries: Delivery[]): Bill => ({ ...bill, deliveries })
const fromService = (policy: Policy): Policy => ({ ...policy, due: { ...policy.due, from: 'service' }, proofOfService: 'delivered' })

describe('a due date from proof of service (N1)', () => {
  it('is unknown until service is proven, and exactly the policy’s time after it', () => {
    fc.assert(
      fc.property(issued, exactPolicies, moments, (bill, any, proof) => {
        const policy = fromService(any)
        expect(dueAt(bill, policy)).toBeNull()
        expect(dueAt(served(bill, notice('app', { acceptedAt: proof })), policy)).toBeNull()
        const fromIssue = dueAt(bill, { ...policy, due: { ...policy.due, from: 'issue' } }) ?? NaN
        expect(dueAt(served(bill, notice('app', { deliveredAt: proof })), policy)).toBe(fromIssue + (proof - (bill.issuedAt ?? 0)))
      }),
    )
  })

  it('is that of the earliest proof, whenever we hear of it', () => {
    fc.assert(
      fc.property(issued, policies, moments, moments, (bill, any, one, other) => {
        const policy = fromService(any)
        const [app, paper] = [notice('app', { readAt: one, state: 'read' }), notice('paper', { deliveredAt: other })]
        const both = dueAt(served(bill, paper, app), policy)
        expect(both).toBe(dueAt(served(bill, one <= other ? app : paper), policy))
        expect(both).toBe(dueAt(served(bill, app, paper), policy))
      }),
    )
  })

  it('counts by the receipt that its own channel proves service with', () => {
    fc.assert(
      fc.property(issued, policies, moments, (bill, any, proof) => {
        const base = fromService(any)
        const chain = base.chain.map((link) => ({ ...link, proof: link.channel === 'paper' ? ('delivered' as const) : ('read' as const) }))
        const policy: Policy = { ...base, chain, proofOfService: 'read' }
        expect(dueAt(served(bill, notice('app', { deliveredAt: proof })), policy)).toBeNull()
        const isLetter = chain.some(({ channel }) => channel === 'paper')
        expect(dueAt(served(bill, notice('paper', { deliveredAt: proof })), policy) !== null).toBe(isLetter)
      }),
    )
  })

  it('moves with the proof, earlier or later', () => {
    fc.assert(
      fc.property(issued, policies, moments, fc.integer({ min: 0, max: 20 * 86_400 }), (bill, any, proof, seconds) => {
        const policy = fromService(any)
        const at = (time: number): number => dueAt(served(bill, notice('app', { deliveredAt: time })), policy) ?? NaN
        expect(at(proof + seconds * 1000)).toBeGreaterThanOrEqual(at(proof))
        expect(at(proof)).toBeGreaterThanOrEqual(proof)
      }),
    )
  })

  it('is unknown again when the letter comes back, and counts from the next proof', () => {
    const policy: Policy = {
      ...fromService(fc.sample(exactPolicies, { numRuns: 1, seed: 1 })[0] as Policy),
      proofOfService: 'accepted',
      due: { from: 'service', after: 'PT10H' },
    }
    const [bill] = fc.sample(issued, { numRuns: 1, seed: 1 }) as [Bill]
    const letter = notice('paper', { acceptedAt: START, state: 'accepted' })
    expect(dueAt(served(bill, letter), policy)).toBe(START + 10 * 3_600_000)
    const returned = { ...letter, state: 'failed', endedAt: START + 9 * DAY } as const
    expect(servedAt(served(bill, returned), policy)).toBeNull()
    expect(dueAt(served(bill, returned), policy)).toBeNull()
    expect(dueAt(served(bill, returned, notice('inbox', { readAt: START + 12 * DAY })), policy)).toBe(START + 12 * DAY + 10 * 3_600_000)
  })

  it('never counts from a reminder', () => {
    fc.assert(
      fc.property(issued, policies, moments, (bill, any, proof) => {
        const reminder = { ...notice('app', { readAt: proof }), key: 'reminder:1', purpose: 'reminder' } as const
        expect(dueAt(served(bill, reminder), fromService(any))).toBeNull()
      }),
    )
  })
})

describe('a due date in days', () => {
  const inDays = fc.tuple(policies, fc.nat(60)).map(([policy, days]): { days: number; policy: Policy } => ({
    days,
    policy: { ...policy, due: { from: 'issue', after: `P${days}D` } },
  }))

  it('is the end of that local day, also over a change of the clock', () => {
    fc.assert(
      fc.property(issued, inDays, (bill, { policy, days }) => {
        const { zone } = policy.calendar
        const plain: Policy = { ...policy, calendar: { zone } }
        expect(dueAt(bill, plain)).toBe(endOfDay(addDays(localParts(bill.issuedAt ?? 0, zone).date, days), zone))
      }),
    )
  })

  it.each([
    ['Europe/London', '2026-03-20T23:30:00Z', 'P10D', '2026-03-30'],
    ['Europe/London', '2026-10-20T00:15:00+01:00', 'P10D', '2026-10-30'],
    ['America/New_York', '2026-03-01T23:45:00-05:00', 'P7D', '2026-03-08'],
    ['Asia/Seoul', '2026-02-28T23:59:59+09:00', 'P30D', '2026-03-30'],
  ])('in %s from %s after %s is %s', (zone, from, after, date) => {
    const [policy] = fc.sample(policies, { numRuns: 1, seed: 1 }) as [Policy]
    const [bill] = fc.sample(issued, { numRuns: 1, seed: 1 }) as [Bill]
    const due = dueAt(
      { ...bill, issuedAt: Date.parse(from) },
      { ...policy, calendar: { zone }, due: { from: 'issue', after: after as `P${number}D` } },
    )
    expect(due).toBe(endOfDay(date, zone))
  })

  it('moves to the next business day and no further', () => {
    fc.assert(
      fc.property(issued, inDays, (bill, { policy }) => {
        const { zone, holidays = [] } = policy.calendar
        const business: Policy = { ...policy, calendar: { zone, holidays, dueOnBusinessDay: true } }
        const isFree = (date: string): boolean => holidays.includes(date) || [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())
        const date = (at: number | null): string => localParts(at ?? NaN, zone).date
        const due = date(dueAt(bill, business))
        expect(isFree(due)).toBe(false)
        for (let day = date(dueAt(bill, { ...policy, calendar: { zone } })); day < due; day = addDays(day, 1))
          expect(isFree(day)).toBe(true)
      }),
    )
  })
})

describe('a due date that the institution fixed', () => {
  const fixed = fc.integer({ min: 0, max: 90 }).map((day) => addDays('2026-03-01', day))

  it('is the end of that day where the policy is, whatever the policy counts', () => {
    fc.assert(
      fc.property(issued, policies, fixed, (bill, policy, dueDate) => {
        const { zone } = policy.calendar
        const early: Bill = { ...bill, issuedAt: START - DAY, dueDate }
        expect(dueAt(early, { ...policy, calendar: { zone } })).toBe(endOfDay(dueDate, zone))
      }),
    )
  })

  it('that had passed when the bill was issued is the end of the day of issue', () => {
    fc.assert(
      fc.property(issued, policies, moments, (bill, policy, issuedAt) => {
        const { zone } = policy.calendar
        expect(dueAt({ ...bill, issuedAt, dueDate: '2026-02-01' }, { ...policy, calendar: { zone } })).toBe(
          endOfDay(localParts(issuedAt, zone).date, zone),
        )
      }),
    )
  })

  it('moves to a business day where the policy says so', () => {
    const [policy] = fc.sample(policies, { numRuns: 1, seed: 1 }) as [Policy]
    const [bill] = fc.sample(issued, { numRuns: 1, seed: 1 }) as [Bill]
    const calendar = { zone: 'Asia/Seoul', dueOnBusinessDay: true, holidays: ['2026-03-02'] }
    const due = dueAt({ ...bill, issuedAt: Date.parse('2026-02-01T00:00:00Z'), dueDate: '2026-02-28' }, { ...policy, calendar })
    expect(due).toBe(endOfDay('2026-03-03', 'Asia/Seoul'))
  })
})
