import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Bill } from '../../domain/bill.ts'
import { addDays, dueDay, endOfDay, localParts } from '../../domain/calendar.ts'
import { chainState, wasShown } from '../../domain/chain.ts'
import { citizenExtension } from '../../domain/citizen-extension.ts'
import { dueAt } from '../../domain/due-date.ts'
import { expiresAt } from '../../domain/expiry.ts'
import { dueIfResumed, withDueDate } from '../../domain/moved-due.ts'
import { forecast, nextStep } from '../../domain/plan.ts'
import type { Policy } from '../../domain/policy.ts'
import { isPayable } from '../../domain/states/bill.ts'
import { DAY, exact, newBills, policies, START } from './plan-arbitraries.ts'
import { events, happen, live, outcomes } from './plan-life.ts'

/** A bill that has lived a while, and the time then. */
const lived = fc.tuple(
  policies,
  newBills,
  events,
  outcomes,
  fc.integer({ min: 0, max: 30 * 24 }).map((hours) => START + (hours * DAY) / 24),
)

function until(
  policy: Policy,
  bill: Bill,
  past: Parameters<typeof live>[2]['events'],
  ends: Parameters<typeof live>[2]['outcomes'],
  at: number,
) {
  const life = live(bill, policy, { now: START, events: past, outcomes: ends, end: false })
  return life.done.find((one) => one.at > at)?.bill ?? life.bill
}

const reminders = (bill: Bill): string[] => bill.deliveries.filter(({ purpose }) => purpose === 'reminder').map(({ key }) => key)

describe('a later due date', () => {
  it('is never shorter than it says, whatever happened to the bill', () => {
    fc.assert(
      fc.property(lived, fc.integer({ min: 1, max: 90 }), ([policy, start, past, ends, now], more) => {
        const bill = until(policy, start, past, ends, now)
        const before = dueIfResumed(bill, policy, now)
        fc.pre(before !== null && isPayable(bill.status))
        const day = addDays(localParts(Math.max(before, now), policy.calendar.zone).date, more)
        const after = dueIfResumed(withDueDate(bill, day, now), policy, now)
        expect(after).toBeGreaterThanOrEqual(endOfDay(day, policy.calendar.zone))
        expect(after).toBeGreaterThan(before)
      }),
    )
  })

  it('is not moved by a pause that was over when it was set', () => {
    fc.assert(
      fc.property(policies, newBills, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 90 }), (some, start, length, more) => {
        const policy: Policy = { ...some, pauseStops: ['due'] }
        const now = START + 30 * DAY
        const bill: Bill = {
          ...start,
          status: 'issued',
          issuedAt: START,
          pauses: [{ from: START + DAY, until: START + (1 + length) * DAY }],
        }
        const { calendar } = policy
        const day = addDays(localParts(now, calendar.zone).date, more)
        expect(dueAt(withDueDate(bill, day, now), policy)).toBe(endOfDay(dueDay(day, calendar), calendar.zone))
      }),
    )
  })

  it('has reminders of its own, each once, none of the date before, and none before it was moved', () => {
    fc.assert(
      fc.property(lived, fc.integer({ min: 1, max: 90 }), ([policy, start, past, ends, now], more) => {
        const bill = until(policy, start, past, ends, now)
        const before = dueAt(bill, policy)
        fc.pre(before !== null && isPayable(bill.status) && bill.asksMoney)
        const day = addDays(localParts(Math.max(before, now), policy.calendar.zone).date, more)
        const moved = { ...withDueDate(bill, day, now), status: bill.status === 'overdue' ? ('issued' as const) : bill.status }
        const life = live(moved, policy, { now, events: [], outcomes: [] })
        const sent = life.done.flatMap(({ step, at }) =>
          step.kind === 'send' && step.purpose === 'reminder' ? [{ key: step.key, at }] : [],
        )
        const keys = sent.map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
        for (const key of keys) expect([key, key.endsWith(':2')]).toEqual([key, true])
        for (const { at } of sent) expect(at).toBeGreaterThanOrEqual(now)
        expect(reminders(bill).filter((key) => keys.includes(key))).toEqual([])
      }),
    )
  })

  it('that a citizen may have is as many days later as the policy says, and as often', () => {
    fc.assert(
      fc.property(lived, fc.nat(100), fc.nat(4), ([policy, start, past, ends, now], days, times) => {
        const bill = until(policy, start, past, ends, now)
        const offered: Policy = { ...policy, extension: { byCitizen: { days: days + 1, times: times + 1 } } }
        expect(citizenExtension(bill, offered, times + 1, now)).toBeNull()
        expect(citizenExtension(bill, policy, 0, now)).toBeNull()
        const day = citizenExtension(bill, offered, times, now)
        if (day === null) return
        const due = dueAt(bill, policy) ?? 0
        expect(day).toBe(addDays(localParts(due, policy.calendar.zone).date, days + 1))
        expect(due).toBeGreaterThanOrEqual(now)
      }),
    )
  })
})

describe('an amendment', () => {
  const amended = (bill: Bill, now: number): Bill => (wasShown(bill) ? { ...bill, noticeRevision: 2, noticesFrom: now } : bill)
  const notices = (bill: Bill, policy: Policy, now: number): { key: string; at: number }[] =>
    live(bill, policy, { now, events: [], outcomes: [] }).done.flatMap(({ step, at }) =>
      step.kind === 'send' && step.purpose === 'notice' ? [{ key: step.key, at }] : [],
    )

  it('is served again from then on where it had been shown, and otherwise once', () => {
    fc.assert(
      fc.property(lived, ([policy, start, past, ends, now]) => {
        const bill = { ...until(policy, start, past, ends, now), checkoutOpen: false, refunds: [] }
        fc.pre(isPayable(bill.status) && bill.asksMoney && bill.pauses.every(({ until: end }) => end !== null))
        const shown = wasShown(bill)
        const sent = notices(amended(bill, now), policy, now)
        expect(new Set(sent.map(({ key }) => key)).size).toBe(sent.length)
        for (const { key, at } of sent) {
          expect([key, key.endsWith(':2')]).toEqual([key, shown])
          expect(at).toBeGreaterThanOrEqual(now)
        }
        // A bill that is handed back at this very moment is no longer served, and yet it would be.
        if (shown) expect(chainState(amended(bill, now), policy)).toMatchObject({ kind: 'next', key: expect.stringMatching(/:2$/) })
      }),
    )
  })

  it('that says nothing of the due date does not move it', () => {
    fc.assert(
      fc.property(lived, ([policy, start, past, ends, now]) => {
        const bill = until(policy, start, past, ends, now)
        expect(dueAt(amended(bill, now), policy)).toBe(dueAt(bill, policy))
      }),
    )
  })
})

describe('the end of the time to pay', () => {
  it('is never before the due date, and nothing is asked of the bill after it', () => {
    fc.assert(
      fc.property(policies, newBills, exact(40 * 86_400), (policy, start, expiresAfter) => {
        const short: Policy = { ...policy, expiresAfter }
        const bill: Bill = { ...start, asksMoney: true }
        const end = expiresAt(bill, short)
        const due = dueAt(bill, short)
        if (end !== null && due !== null) expect(end).toBeGreaterThanOrEqual(due)
        const steps = forecast(bill, short, START)
        const index = steps.findIndex(({ step }) => step.kind === 'expire')
        if (index !== -1) expect(index).toBe(steps.length - 1)
      }),
    )
  })

  it('ends an open payment page first', () => {
    fc.assert(
      fc.property(policies, newBills, exact(40 * 86_400), (policy, start, expiresAfter) => {
        const bill = happen(
          { ...start, asksMoney: true, status: 'issued', issuedAt: START },
          { kind: 'checkout', after: 0, skew: 0 },
          START,
        )
        const steps = forecast(bill, { ...policy, chain: [], reminders: [], expiresAfter }, START).map(({ step }) => step.kind)
        const expire = steps.indexOf('expire')
        if (expire !== -1) expect(steps.indexOf('endCheckout')).toBeLessThan(expire)
      }),
    )
  })

  it.each(['cancelled', 'writtenOff', 'handedBack', 'paid', 'settled'] as const)(
    'and a bill that is %s ends its open page before all else',
    (status) => {
      fc.assert(
        fc.property(policies, newBills, fc.boolean(), (policy, start, refund) => {
          const refunds = refund ? [{ id: 'ref_1', state: 'requested' as const, attempt: 1 }] : []
          const bill = { ...start, status, checkoutOpen: true, refunds } as Bill
          expect(nextStep(bill, policy, START)).toMatchObject({ step: { kind: 'endCheckout' }, at: START })
        }),
      )
    },
  )
})
