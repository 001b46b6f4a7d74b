import type { Bill } from './bill.ts'
import { bestChannel, deliveryPlan } from './chain.ts'
import { sendAt } from './pause-rules.ts'
import type { Policy } from './policy.ts'
import { quietCalendar } from './quiet-hours.ts'
import type { Candidate } from './step.ts'

/**
 * Asks the citizen for an account where the gateway has refused a refund for good: once for each refusal, by the channel
 * that carried the notice farthest. Null where nothing is to be asked, or nobody can be: then a person has the exception.
 * No pause stops it, for it is about the citizen's own money.
 */
export function askRefundAccount(bill: Bill, policy: Policy, now: number): Candidate | null {
  const sent = new Map(bill.deliveries.map((delivery) => [delivery.key, delivery]))
  for (const { id, state, attempt } of bill.refunds) {
    if (state !== 'awaitingAccount') continue
    const key = `refundAccount:${id}:${attempt}`
    const delivery = sent.get(key)
    if (delivery !== undefined && delivery.state !== 'sending' && delivery.state !== 'stopped') continue
    const channel = delivery?.channel ?? bestChannel(bill) ?? deliveryPlan(policy, bill)[0]?.channel
    if (channel === undefined) continue
    const at = delivery?.state === 'sending' ? delivery.attemptedAt : sendAt(now, now, [], quietCalendar(bill, policy, channel))
    return { stage: 'refund', step: { kind: 'send', key, purpose: 'refundAccount', channel }, at }
  }
  return null
}
