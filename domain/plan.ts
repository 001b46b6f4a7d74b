import { type Bill, type Delivery, isPaused, owedMinor } from './bill.ts'
import { chainState, provenAt } from './chain.ts'
import { dueAnchor, dueAt } from './due-date.ts'
import { durationMs } from './duration.ts'
import { expiresAt } from './expiry.ts'
import { after } from './own-time.ts'
import { outsidePauses, sendAt, stoppedBy } from './pause-rules.ts'
import type { Policy } from './policy.ts'
import { quietCalendar } from './quiet-hours.ts'
import { recallStep } from './recall.ts'
import { askRefundAccount } from './refund-account.ts'
import { nextReminder } from './reminders.ts'
import { askAboutReturn, returnedWithoutTask } from './returned-task.ts'
import { nextSurcharge, withSurcharge } from './surcharge.ts'
import { settlementWait } from './settlement-wait.ts'
import { isFinalStatus, isPayable } from './states/bill.ts'
import { type Candidate, earliest, type Step } from './step.ts'

/**
 * What is due for a bill and in which stage, or when to look again. Pure: no clock, no I/O. It bears facts later than
 * `now` and asks for nothing that is recorded as done, so it may be called at any time, any number of times.
 */
export function nextStep(bill: Bill, policy: Policy, now: number): Candidate {
  // A payment page for what is no longer asked is ended before anything else: until then somebody may pay on it.
  if (bill.checkoutOpen && (bill.checkoutStale || !isPayable(bill.status))) return { stage: 'pay', step: END_CHECKOUT, at: now }
  const refund = bill.refunds.find(({ state }) => state === 'requested' || state === 'submitted')
  if (refund) return { stage: 'refund', step: { kind: 'refund', key: `refund:${refund.id}`, refundId: refund.id }, at: now }
  const recall = recallStep(bill, policy, now)
  if (recall) return recall
  const ask = askRefundAccount(bill, policy, now)
  const debt = debtStep(bill, policy, now)
  return ask !== null && (debt.stage === 'closed' || earliest([ask, debt]) === ask) ? ask : debt
}

/** What is due for the debt itself, whatever becomes of money that goes back. */
function debtStep(bill: Bill, policy: Policy, now: number): Candidate {
  if (isFinalStatus(bill.status)) return { stage: 'closed', step: null, at: null }
  if (bill.status === 'received') return { stage: 'issue', step: { kind: 'issue', key: 'issue' }, at: bill.issueAt }
  if (bill.status === 'paid') return settlementWait(bill, policy)
  // What the citizen has with the institution already is taken before more is asked for; never while a pause leaves the bill in doubt.
  if (bill.asksMoney && isPayable(bill.status) && bill.creditMinor > 0n && owedMinor(bill) > 0n && !bill.checkoutOpen && !isPaused(bill))
    return { stage: 'pay', step: { kind: 'useCredit', key: `useCredit:${bill.paidMinor}` }, at: now }
  // A notice that asks for no money is over when it is proven, or when nobody could be reached for long enough.
  if (!bill.asksMoney && provenAt(bill, policy) !== null) return { stage: 'deliver', step: { kind: 'conclude', key: 'conclude' }, at: now }
  const waiting: Candidate = { stage: 'pay', step: null, at: null }
  return (
    earliest([
      ...sendNotice(bill, policy, now),
      ...askAboutReturn(bill, policy),
      ...(bill.asksMoney ? untilPaid(bill, policy, now) : [handBack(bill, policy, now)]),
    ]) ?? waiting
  )
}

const END_CHECKOUT: Step = { kind: 'endCheckout', key: 'endCheckout' }

function sendNotice(bill: Bill, policy: Policy, now: number): Candidate[] {
  const chain = chainState(bill, policy)
  if (chain.kind !== 'next') return []
  const at = sendAt(chain.at, now, stoppedBy('deliver', bill, policy), quietCalendar(bill, policy, chain.channel))
  return [{ stage: 'deliver', step: { kind: 'send', key: chain.key, purpose: 'notice', channel: chain.channel }, at }]
}

/** Reminders, the due date, surcharges and the end of patience. An open checkout holds back what a payment would make pointless. */
function untilPaid(bill: Bill, policy: Policy, now: number): Candidate[] {
  const due = dueAt(bill, policy)
  const candidates: Candidate[] = []
  const reminder = nextReminder(bill, policy, now)
  if (reminder) {
    const at = bill.checkoutOpen
      ? null
      : sendAt(reminder.at, now, stoppedBy('remind', bill, policy), quietCalendar(bill, policy, reminder.channel))
    candidates.push({ stage: 'remind', step: { kind: 'send', key: reminder.key, purpose: 'reminder', channel: reminder.channel }, at })
  }
  if (bill.status !== 'overdue' && due !== null) {
    candidates.push({
      stage: 'pay',
      step: { kind: 'fallDue', key: 'fallDue' },
      at: outsidePauses(due + 1, now, stoppedBy('due', bill, policy)),
    })
  }
  const end = expiresAt(bill, policy)
  if (end !== null) {
    // The gateway is asked first: what was paid on an open page before the end is the bill's.
    const step: Step = bill.checkoutOpen ? END_CHECKOUT : { kind: 'expire', key: 'expire' }
    candidates.push({ stage: 'pay', step, at: outsidePauses(end + 1, now, stoppedBy('handBack', bill, policy)) })
  }
  const surcharge = nextSurcharge(bill, policy)
  if (surcharge) {
    // What is shown on an open payment page does not move under the citizen's hands.
    const at = bill.checkoutOpen ? null : outsidePauses(surcharge.at, now, stoppedBy('surcharge', bill, policy))
    candidates.push({ stage: 'pay', step: { kind: 'surcharge', key: `surcharge:${surcharge.number}` }, at })
  }
  candidates.push(handBack(bill, policy, now))
  return candidates
}

/** Handed back a while after the due date, or after the last channel fell silent where service was never proven. */
function handBack(bill: Bill, policy: Policy, now: number): Candidate {
  const pauses = stoppedBy('handBack', bill, policy)
  const chain = chainState(bill, policy)
  // Not `due ?? …`: a due date that only a pause keeps from coming is no reason to count from anything else.
  const start = bill.asksMoney && dueAnchor(bill, policy) !== null ? dueAt(bill, policy) : chain.kind === 'over' ? chain.at : null
  const at = start === null || bill.checkoutOpen ? null : outsidePauses(after(start, durationMs(policy.handBackAfter), pauses), now, pauses)
  return { stage: 'pay', step: { kind: 'handBack', key: 'handBack' }, at }
}

/** One future step, with its time (milliseconds). */
export interface Forecast {
  readonly at: number
  readonly stage: Candidate['stage']
  readonly step: Step
}

/** More steps than any sensible policy has: reaching it means that a policy never ends, which is refused when it is made. */
const FORECAST_STEPS_MAX = 200

/**
 * Every future step with its date, if nothing happens: no receipt beyond `accepted`, no payment, no settlement file.
 * It is the plan itself, asked again and again, so it can promise nothing that the plan would not do.
 * @throws RangeError when the policy never ends.
 */
export function forecast(bill: Bill, policy: Policy, now: number): Forecast[] {
  const steps: Forecast[] = []
  let seen = bill
  let time = now
  for (;;) {
    const next = nextStep(seen, policy, time)
    if (next.step === null || next.at === null) return steps
    if (steps.length === FORECAST_STEPS_MAX) throw new RangeError('the plan of this bill does not end')
    time = Math.max(time, next.at)
    // Time has moved on to the step's date: asking again there is what the workflow will do when it wakes.
    const then = nextStep(seen, policy, time)
    if (then.step === null || then.at === null) return steps
    if (then.at > time) continue
    steps.push({ at: time, stage: then.stage, step: then.step })
    seen = assumeDone(seen, policy, then.step, time)
  }
}

/** The bill as it would be once a step was done at `at` and nobody reacted. */
export function assumeDone(bill: Bill, policy: Policy, step: Step, at: number): Bill {
  switch (step.kind) {
    case 'issue':
      return { ...bill, status: 'issued', issuedAt: at }
    case 'fallDue':
      return { ...bill, status: 'overdue' }
    case 'surcharge': {
      const surcharge = nextSurcharge(bill, policy)
      return surcharge === null ? bill : withSurcharge(bill, surcharge)
    }
    case 'conclude':
      return { ...bill, status: 'concluded' }
    case 'handBack':
    case 'expire':
      return { ...bill, status: 'handedBack' }
    case 'endCheckout':
      return { ...bill, checkoutOpen: false, checkoutStale: false }
    case 'askSettlement':
      return { ...bill, settlementAsks: bill.settlementAsks + 1 }
    case 'openException':
      return { ...bill, exceptionOpen: true }
    case 'askAboutReturn':
      return mapDeliveries(bill, returnedWithoutTask(bill)?.key, { taskOpened: true })
    case 'recall':
      return mapDeliveries(bill, step.delivery, { state: 'recalled', endedAt: at })
    case 'useCredit': {
      const owed = owedMinor(bill)
      const used = bill.creditMinor < owed ? bill.creditMinor : owed
      return {
        ...bill,
        status: used === owed ? 'paid' : bill.status,
        creditMinor: bill.creditMinor - used,
        paidMinor: bill.paidMinor + used,
        paidAt: at,
      }
    }
    case 'refund':
      return { ...bill, refunds: bill.refunds.filter(({ id }) => id !== step.refundId) }
    case 'send': {
      const sent: Delivery = {
        key: step.key,
        purpose: step.purpose,
        channel: step.channel,
        state: 'accepted',
        attemptedAt: at,
        acceptedAt: at,
        deliveredAt: null,
        readAt: null,
        endedAt: null,
      }
      return { ...bill, deliveries: [...bill.deliveries.filter(({ key }) => key !== step.key), sent] }
    }
  }
}

const mapDeliveries = (bill: Bill, key: string | undefined, changes: Partial<Delivery>): Bill => ({
  ...bill,
  deliveries: bill.deliveries.map((delivery) => (delivery.key === key ? { ...delivery, ...changes } : delivery)),
})
