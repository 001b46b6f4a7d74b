import type { Bill, Delivery } from './bill.ts'
import { isCurrentNotice, reachedAt } from './chain.ts'
import type { Policy } from './policy.ts'
import { isPayable } from './states/bill.ts'
import type { Candidate } from './step.ts'

/** What may still be stopped: taken by the channel, or perhaps taken, because the answer to a send was lost. */
const MAY_BE_UNDER_WAY: readonly Delivery['state'][] = ['accepted', 'sending', 'stopped']

/**
 * Taking back what nobody needs any more, while the channel still can: the bill is paid, cancelled or otherwise over, or
 * its notice has got far enough by another channel. An amended bill's older notices and
 * reminders are not needed either. Each delivery is asked for once. A pause takes nothing back.
 */
export function recallStep(bill: Bill, policy: Policy, now: number): Candidate | null {
  const recalling = new Set(policy.chain.filter(({ recalls }) => recalls === true).map(({ channel }) => channel))
  if (recalling.size === 0) return null
  const found = bill.deliveries.find(
    (delivery) =>
      recalling.has(delivery.channel) &&
      MAY_BE_UNDER_WAY.includes(delivery.state) &&
      delivery.recallAsked !== true &&
      !isNeeded(delivery, bill, policy),
  )
  if (!found) return null
  const { key, channel } = found
  return { stage: 'deliver', step: { kind: 'recall', key: `recall:${key}`, delivery: key, channel }, at: now }
}

function isNeeded(delivery: Delivery, bill: Bill, policy: Policy): boolean {
  // A question about a refund outlives the bill.
  if (delivery.purpose === 'refundAccount') return true
  if (!isPayable(bill.status)) return false
  if (delivery.purpose === 'reminder') return delivery.attemptedAt >= (bill.noticesFrom ?? 0)
  if (!isCurrentNotice(bill, delivery)) return false
  return !bill.deliveries.some((other) => {
    const link = policy.chain.find(({ channel }) => channel === other.channel)
    return isCurrentNotice(bill, other) && other.key !== delivery.key && link !== undefined && reachedAt(other, link.until) !== null
  })
}
