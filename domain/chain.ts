import { type Bill, type Delivery } from './bill.ts'
import { durationMs } from './duration.ts'
import { after } from './own-time.ts'
import type { ChainLink, Policy, ReceiptLevel } from './policy.ts'
import { stoppedBy } from './pause-rules.ts'

/** The time (milliseconds) at which a delivery reached `level` or more; null if it did not, or came to nothing after all (a returned letter). */
export function reachedAt(delivery: Delivery, level: ReceiptLevel): number | null {
  const { acceptedAt, deliveredAt, readAt, endedAt } = delivery
  if (endedAt !== null) return null
  const enough = level === 'read' ? [readAt] : level === 'delivered' ? [deliveredAt, readAt] : [acceptedAt, deliveredAt, readAt]
  const times = enough.filter((time) => time !== null)
  return times.length === 0 ? null : Math.min(...times)
}

/**
 * The policy's channels in their order, those that the citizen prefers first. One on which the citizen has no address is
 * left out, unless something was sent there while there was one.
 */
export function deliveryPlan(
  policy: Policy,
  bill: Pick<Bill, 'preferredChannels' | 'addressedChannels' | 'deliveries'>,
): readonly ChainLink[] {
  const preferred = bill.preferredChannels
  const rank = (link: ChainLink): number => {
    const index = preferred.indexOf(link.channel)
    return index === -1 ? preferred.length : index
  }
  const reaches = ({ channel, needsAddress }: ChainLink): boolean =>
    needsAddress !== true || bill.addressedChannels.includes(channel) || noticeOn(bill, channel) !== undefined
  return policy.chain
    .filter(reaches)
    .map((link, index) => ({ link, index }))
    .sort((a, b) => rank(a.link) - rank(b.link) || a.index - b.index)
    .map(({ link }) => link)
}

const noticeOn = (bill: Pick<Bill, 'deliveries'>, channel: string): Delivery | undefined =>
  bill.deliveries.find((delivery) => delivery.purpose === 'notice' && delivery.channel === channel)

/** When the bill was proven to be served (milliseconds), by the receipt that the policy accepts as proof; null before. */
export function servedAt(bill: Bill, policy: Policy): number | null {
  const proofs = bill.deliveries
    .filter((delivery) => delivery.purpose === 'notice')
    .map((delivery) => reachedAt(delivery, policy.proofOfService))
  const times = proofs.filter((time) => time !== null)
  return times.length === 0 ? null : Math.min(...times)
}

export type ChainState =
  /** The next channel to try; `at` is null while a pause holds it. */
  | { readonly kind: 'next'; readonly channel: string; readonly key: string; readonly at: number | null }
  /** No channel is left to try: since the receipt that the chain waited for, or since the last one's waiting time ended (null in a pause). */
  | { readonly kind: 'over'; readonly at: number | null }

/**
 * Where the delivery chain stands. A channel that cannot reach the citizen or failed for good hands over at once; a
 * silent one after its waiting time, in the bill's own time. A late receipt on an earlier channel ends the chain too.
 */
export function chainState(bill: Bill, policy: Policy): ChainState {
  const pauses = stoppedBy('deliver', bill, policy)
  const tried = deliveryPlan(policy, bill).map((link) => ({ link, delivery: noticeOn(bill, link.channel) }))
  const enough = tried.map(({ link, delivery }) => (delivery ? reachedAt(delivery, link.until) : null)).filter((at) => at !== null)
  if (enough.length > 0) return { kind: 'over', at: Math.min(...enough) }
  let at: number | null = bill.issuedAt ?? bill.issueAt
  for (const { link, delivery } of tried) {
    const key = `notice:${link.channel}`
    // One that was stopped (a pause, an earlier step) was not sent; it is taken up when it is due again.
    if (!delivery || delivery.state === 'stopped') return { kind: 'next', channel: link.channel, key, at }
    // A run that was lost between the record and the call left `sending`: the same delivery is taken up again.
    if (delivery.state === 'sending') return { kind: 'next', channel: link.channel, key, at: delivery.attemptedAt }
    const over = delivery.endedAt ?? after(delivery.attemptedAt, durationMs(link.wait), pauses)
    at = at === null || over === null ? null : Math.max(at, over)
  }
  return { kind: 'over', at }
}
