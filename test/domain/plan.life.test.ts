import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { outsideQuietHours } from '../../domain/calendar.ts'
import { deliveryPlan, reachedAt, servedAt } from '../../domain/chain.ts'
import { forecast } from '../../domain/plan.ts'
import { pausedAt } from '../../domain/own-time.ts'
import type { Clock, Policy } from '../../domain/policy.ts'
import { isFinalStatus, isPayable } from '../../domain/states/bill.ts'
import { newBills, policies, START } from './plan-arbitraries.ts'
import { type Done, events, type Life, live, outcomes } from './plan-life.ts'

const lives: fc.Arbitrary<{ policy: Policy; life: Life }> = fc
  .record({ policy: policies, bill: newBills, events, outcomes })
  .map(({ policy, bill, events: all, outcomes: ends }) => ({
    policy,
    life: live(bill, policy, { now: START, events: all, outcomes: ends }),
  }))

/** Every step of a random life, with the bill as it was when the plan named it. */
const eachStep = (check: (done: Done, policy: Policy) => void): void =>
  fc.assert(
    fc.property(lives, ({ policy, life }) => life.done.forEach((done) => check(done, policy))),
    { numRuns: 300 },
  )

/** The clock that a step runs on, where a pause can stop it. */
function clockOf({ step }: Done): Clock | null {
  // That a refund needs an account is told also while the bill is paused: it is the citizen's own money.
  if (step.kind === 'send') return step.purpose === 'notice' ? 'deliver' : step.purpose === 'reminder' ? 'remind' : null
  if (step.kind === 'fallDue') return 'due'
  return step.kind === 'handBack' ? 'handBack' : null
}

describe('a life under any policy, whatever happens to it', () => {
  it('ends: closed, or paid with a person looking for the settlement', () => {
    fc.assert(
      fc.property(lives, ({ life: { bill } }) => {
        expect({ status: bill.status, over: isFinalStatus(bill.status) || (bill.status === 'paid' && bill.exceptionOpen) }).toEqual({
          status: bill.status,
          over: true,
        })
      }),
      { numRuns: 300 },
    )
  })

  it('does nothing twice', () => {
    fc.assert(
      fc.property(lives, ({ life }) => {
        // A notice whose sending was cut off or stopped is taken up under its own key; everything else is named once.
        const keys = life.done
          .filter(
            ({ step, bill }) => !bill.deliveries.some(({ key, state }) => key === step.key && (state === 'sending' || state === 'stopped')),
          )
          .map(({ step }) => step.key)
        expect(keys).toEqual([...new Set(keys)])
      }),
      { numRuns: 300 },
    )
  })

  it('can be forecast at every moment', () => {
    fc.assert(
      fc.property(lives, fc.integer({ min: -40, max: 90 }), ({ policy, life }, offset) => {
        for (const { bill, at } of life.done) {
          const steps = forecast(bill, policy, at + offset * 86_400_000)
          const times = steps.map((one) => one.at)
          expect(times).toEqual([...times].sort((a, b) => a - b))
        }
      }),
      { numRuns: 100 },
    )
  })

  it('sends, asks and hands back only while the debt stands', () => {
    eachStep(({ step, bill }) => {
      if (step.kind === 'send' || step.kind === 'fallDue' || step.kind === 'handBack') expect(isPayable(bill.status)).toBe(true)
      if (step.kind === 'askSettlement' || step.kind === 'openException') expect(bill.status).toBe('paid')
      if (step.kind === 'fallDue') expect(bill.status).not.toBe('overdue')
    })
  })

  it('neither reminds nor hands back while the citizen pays', () => {
    eachStep(({ step, bill }) => {
      if (step.kind === 'handBack' || (step.kind === 'send' && step.purpose === 'reminder')) expect(bill.checkoutOpen).toBe(false)
    })
  })

  it('does nothing on a clock that is stopped', () => {
    eachStep((done, policy) => {
      const clock = clockOf(done)
      if (clock !== null && policy.pauseStops.includes(clock)) expect(pausedAt(done.at, done.bill.pauses)).toBe(false)
    })
  })

  it('sends nothing in quiet hours, however late it is', () => {
    eachStep(({ step, at }, { calendar }) => {
      if (step.kind === 'send') expect(outsideQuietHours(at, calendar)).toBe(at)
    })
  })

  it('tries channels in the order of the delivery plan, and none once a receipt was enough', () => {
    eachStep(({ step, bill }, policy) => {
      if (step.kind !== 'send' || step.purpose !== 'notice') return
      const links = deliveryPlan(policy, bill)
      const sent = bill.deliveries.filter(({ purpose }) => purpose === 'notice')
      const satisfied = links.some(({ channel, until }) => sent.some((one) => one.channel === channel && reachedAt(one, until) !== null))
      expect(satisfied).toBe(false)
      const untried = links.find(
        ({ channel }) => !sent.some((one) => one.channel === channel && one.state !== 'sending' && one.state !== 'stopped'),
      )
      expect(step.channel).toBe(untried?.channel)
      if (untried?.needsAddress === true) expect(bill.addressedChannels).toContain(step.channel)
    })
  })

  it('tells of a bill that asks for nothing once it is proven, and never reminds of it', () => {
    eachStep(({ step, bill }, policy) => {
      if (bill.asksMoney || bill.status === 'received') return
      expect(['send', 'conclude', 'handBack', 'refund']).toContain(step.kind)
      if (step.kind === 'send' && step.purpose === 'refundAccount') return
      if (step.kind === 'send') expect(step.purpose).toBe('notice')
      if (step.kind === 'conclude') expect(servedAt(bill, policy)).not.toBeNull()
      else if (step.kind !== 'refund') expect(servedAt(bill, policy)).toBeNull()
    })
  })

  it('is closed by itself where nobody can be reached', () => {
    fc.assert(
      fc.property(policies, newBills, (policy, bill) => {
        const life = live(
          bill,
          { ...policy, due: { ...policy.due, from: 'service' } },
          { now: START, events: [], outcomes: ['unreachable', 'failed', 'unreachable', 'failed'] },
        )
        expect(life.bill.status).toBe('handedBack')
        // A fixed due date runs whether or not the citizen is found; otherwise every channel is tried first.
        if (bill.dueDate === null)
          expect(life.done.filter(({ step }) => step.kind === 'send')).toHaveLength(deliveryPlan(policy, bill).length)
      }),
    )
  })
})
