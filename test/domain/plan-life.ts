import fc from 'fast-check'
import type { Bill, Delivery } from '../../domain/bill.ts'
import { assumeDone, nextStep } from '../../domain/plan.ts'
import type { Policy } from '../../domain/policy.ts'
import { billMachine, isPayable } from '../../domain/states/bill.ts'
import { allows } from '../../domain/states/table.ts'
import type { Candidate, Step } from '../../domain/step.ts'
import { DAY } from './plan-arbitraries.ts'

/** What becomes of a notice once it was sent. `lost`: the run died between the record and the call. */
export const OUTCOMES = ['accepted', 'delivered', 'read', 'unreachable', 'failed', 'lost'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** What others do to a bill, `after` milliseconds since the event before. */
export interface Event {
  readonly after: number
  /** `outage`: nothing is done for ten days. */
  readonly kind:
    | 'outage'
    | 'stop'
    | 'deliver'
    | 'read'
    | 'fail'
    | 'pay'
    | 'payPart'
    | 'cancel'
    | 'writeOff'
    | 'pause'
    | 'resume'
    | 'checkout'
    | 'leave'
    | 'askRefund'
    | 'refuseRefund'
    | 'credit'
    | 'settle'
    | 'wake'
  /** How far the fact's own time is from the moment we hear of it: clocks of others run ahead or behind. */
  readonly skew: number
}

export const events: fc.Arbitrary<Event[]> = fc.array(
  fc.record({
    after: fc.oneof(fc.nat(DAY), fc.nat(12 * DAY)),
    kind: fc.constantFrom(
      'outage',
      'stop',
      'deliver',
      'read',
      'fail',
      'payPart',
      'pay',
      'cancel',
      'writeOff',
      'pause',
      'resume',
      'checkout',
      'leave',
      'askRefund',
      'refuseRefund',
      'credit',
      'settle',
      'wake',
      'wake',
    ),
    skew: fc.oneof(fc.constant(0), fc.integer({ min: -DAY, max: 2 * DAY })),
  }),
  { maxLength: 10 },
)
export const outcomes: fc.Arbitrary<Outcome[]> = fc.array(fc.constantFrom(...OUTCOMES), { maxLength: 8 })

export interface Done {
  readonly at: number
  readonly step: Step
  readonly stage: Candidate['stage']
  /** The bill just before the step. */
  readonly bill: Bill
}

export interface Life {
  readonly done: readonly Done[]
  readonly bill: Bill
  readonly now: number
}

/** More than any of these lives has: reaching it means that the plan does not end. */
const STEPS_MAX = 400

/**
 * Lives a bill as its run does: asks the plan at every wake, takes what is due, and rests until the next date or event.
 * When no event is left, an open pause and an open checkout are ended, so that only the plan decides how it ends.
 */
export function live(
  start: Bill,
  policy: Policy,
  world: { now: number; events: readonly Event[]; outcomes: readonly Outcome[]; end?: boolean },
): Life {
  const closing: Event[] =
    world.end === false
      ? []
      : [
          { after: DAY, kind: 'leave', skew: 0 },
          { after: 0, kind: 'resume', skew: 0 },
        ]
  const waiting = [...world.events, ...closing]
  const outcomes = [...world.outcomes]
  const done: Done[] = []
  let bill = start
  let now = world.now
  let eventAt = now + (waiting[0]?.after ?? Infinity)
  for (;;) {
    const { step, stage, at } = nextStep(bill, policy, now)
    if (step !== null && at !== null && at <= now) {
      if (done.length === STEPS_MAX)
        throw new Error(
          `the plan does not end: ${done
            .slice(-5)
            .map((one) => one.step.key)
            .join(', ')} …`,
        )
      done.push({ at: now, step, stage, bill })
      bill = outcomeOf(assumeDone(bill, policy, step, now), step, now, step.kind === 'send' ? outcomes.shift() : undefined)
      continue
    }
    const event = waiting[0]
    const wakeAt = step === null ? null : at
    if (event === undefined && wakeAt === null) return { done, bill, now }
    if (event === undefined || (wakeAt !== null && wakeAt < eventAt)) {
      now = wakeAt ?? now
      continue
    }
    now = event.kind === 'outage' ? eventAt + 10 * DAY + Math.abs(event.skew) : eventAt
    waiting.shift()
    bill = happen(bill, event, now)
    eventAt = now + (waiting[0]?.after ?? Infinity)
  }
}

function outcomeOf(bill: Bill, step: Step, now: number, outcome: Outcome = 'accepted'): Bill {
  if (step.kind !== 'send') return bill
  const change: Record<Outcome, Partial<Delivery>> = {
    accepted: {},
    delivered: { state: 'delivered', deliveredAt: now },
    read: { state: 'read', deliveredAt: now, readAt: now },
    unreachable: { state: 'unreachable', acceptedAt: null, endedAt: now },
    failed: { state: 'failed', acceptedAt: null, endedAt: now },
    lost: { state: 'sending', acceptedAt: null },
  }
  return { ...bill, deliveries: bill.deliveries.map((one) => (one.key === step.key ? { ...one, ...change[outcome] } : one)) }
}

/** No two refunds have one id, also where the first is made and gone when the second is asked for. */
let refundsAsked = 0

/** Applies an event where the state of the bill allows it, as the store does; otherwise nothing happens. */
export function happen(bill: Bill, { kind, skew }: Event, now: number): Bill {
  const at = now + skew
  const last = bill.deliveries.at(-1)
  const report = (change: Partial<Delivery>): Bill =>
    last === undefined || last.state === 'unreachable'
      ? bill
      : { ...bill, deliveries: [...bill.deliveries.slice(0, -1), { ...last, endedAt: null, acceptedAt: last.acceptedAt ?? at, ...change }] }
  const open = bill.pauses.at(-1)?.until === null
  switch (kind) {
    case 'deliver':
      return last?.readAt === null ? report({ state: 'delivered', deliveredAt: last.deliveredAt ?? at }) : bill
    case 'read':
      return report({ state: 'read', deliveredAt: last?.deliveredAt ?? at, readAt: last?.readAt ?? at })
    case 'fail':
      return last?.state === 'accepted' ? report({ state: 'failed', endedAt: at }) : bill
    case 'payPart':
      return isPayable(bill.status) && bill.asksMoney && bill.paidMinor === 0n
        ? { ...bill, paidMinor: 500n, paidAt: at, checkoutOpen: false }
        : bill
    case 'pay':
      return isPayable(bill.status) && bill.asksMoney
        ? { ...bill, status: 'paid', paidMinor: bill.chargedMinor, paidAt: at, checkoutOpen: false }
        : bill
    case 'cancel':
      return allows(billMachine, bill.status, 'cancel') ? { ...bill, status: 'cancelled' } : bill
    case 'writeOff':
      return allows(billMachine, bill.status, 'writeOff') ? { ...bill, status: 'writtenOff' } : bill
    case 'settle':
      return bill.status === 'paid' ? { ...bill, status: 'settled', settledMinor: bill.paidMinor } : bill
    case 'pause':
      return open ? bill : { ...bill, pauses: [...bill.pauses, { from: now, until: null }] }
    case 'resume':
      return { ...bill, pauses: bill.pauses.map((pause) => ({ from: pause.from, until: pause.until ?? now })) }
    case 'checkout':
      return isPayable(bill.status) && bill.asksMoney ? { ...bill, checkoutOpen: true } : bill
    case 'leave':
      return { ...bill, checkoutOpen: false }
    case 'askRefund':
      return { ...bill, refunds: [...bill.refunds, { id: `ref_${(refundsAsked += 1)}`, state: 'requested', attempt: 1 }] }
    case 'refuseRefund':
      return { ...bill, refunds: bill.refunds.map((one) => (one.state === 'requested' ? { ...one, state: 'awaitingAccount' } : one)) }
    case 'credit':
      return { ...bill, creditMinor: bill.creditMinor + 700n }
    case 'stop':
      // Only what is still being sent is stopped; `lost` left it so.
      return last?.state === 'sending'
        ? { ...bill, deliveries: [...bill.deliveries.slice(0, -1), { ...last, state: 'stopped', endedAt: now }] }
        : bill
    case 'outage':
    case 'wake':
      return bill
  }
}
