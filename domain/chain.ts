import { type Bill, type Delivery } from './bill.ts'
import { durationMs } from './duration.ts'
import { after } from './own-time.ts'
import { type ChainLink, type Policy, RECEIPT_LEVELS, type ReceiptLevel } from './policy.ts'
import { stoppedBy } from './pause-rules.ts'
import { deceasedSince } from './returned-mail.ts'

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
  bill: Pick<Bill, 'preferredChannels' | 'addressedChannels' | 'deliveries' | 'noticeRevision'>,
): readonly ChainLink[] {
  const preferred = bill.preferredChannels
  const rank = (link: ChainLink): number => {
    const index = preferred.indexOf(link.channel)
    return index === -1 ? preferred.length : index
  }
  const reaches = ({ channel, needsAddress }: ChainLink): boolean =>
    needsAddress !== true || bill.addressedChannels.includes(channel) || noticesOn(bill, channel).length > 0
  return policy.chain
    .filter(reaches)
    .map((link, index) => ({ link, index }))
    .sort((a, b) => rank(a.link) - rank(b.link) || a.index - b.index)
    .map(({ link }) => link)
}

/** Each revision of a bill that is served has notices of its own. */
const noticeKey = ({ noticeRevision }: Pick<Bill, 'noticeRevision'>, channel: string): string =>
  noticeRevision === 1 ? `notice:${channel}` : `notice:${channel}:${noticeRevision}`

const turnOf = (key: string): number => Number(key.split('#')[1] ?? 1)

/** Whether a delivery carries the notice of the bill as it now is. */
export const isCurrentNotice = (bill: Pick<Bill, 'noticeRevision'>, { key, purpose, channel }: Delivery): boolean =>
  purpose === 'notice' && key.split('#')[0] === noticeKey(bill, channel)

/** What was sent on a channel, the latest last: what came back, or was taken back, may be followed by another. */
const noticesOn = (bill: Pick<Bill, 'deliveries' | 'noticeRevision'>, channel: string): readonly Delivery[] =>
  bill.deliveries
    .filter((delivery) => delivery.channel === channel && isCurrentNotice(bill, delivery))
    .sort((a, b) => turnOf(a.key) - turnOf(b.key))

/**
 * When the bill was proven to be served (milliseconds), by the receipt that the policy accepts as proof; null before. It
 * is the first proof of any revision: an amendment that says nothing of the due date does not move it.
 */
export const servedAt = (bill: Bill, policy: Policy): number | null =>
  firstProof(
    bill.deliveries.filter(({ purpose }) => purpose === 'notice'),
    policy,
  )

/** The same of the bill as it now is: a notice that was amended is not proven by the receipt of the older one. */
export const provenAt = (bill: Bill, policy: Policy): number | null =>
  firstProof(
    bill.deliveries.filter((delivery) => isCurrentNotice(bill, delivery)),
    policy,
  )

/** The receipt that proves service on a channel: a registered letter is served when it is handed over, a message when it is read. */
export const proofBy = (channel: string, { chain, proofOfService }: Pick<Policy, 'chain' | 'proofOfService'>): ReceiptLevel =>
  chain.find((link) => link.channel === channel)?.proof ?? proofOfService

function firstProof(notices: readonly Delivery[], policy: Policy): number | null {
  const times = notices.map((delivery) => reachedAt(delivery, proofBy(delivery.channel, policy))).filter((time) => time !== null)
  return times.length === 0 ? null : Math.min(...times)
}

/** Was the citizen shown the bill as it now is, or might have been? A send under way may have taken effect. */
export const wasShown = (bill: Bill): boolean =>
  bill.deliveries
    .filter((delivery) =>
      delivery.purpose === 'notice' ? isCurrentNotice(bill, delivery) : delivery.attemptedAt >= (bill.noticesFrom ?? 0),
    )
    // What was taken back, or came back, nobody has seen.
    .filter(({ state }) => state !== 'recalled' && state !== 'returned')
    .some(
      ({ state, acceptedAt, deliveredAt, readAt }) => state === 'sending' || [acceptedAt, deliveredAt, readAt].some((at) => at !== null),
    )

/** The channel that carried the notice farthest; what follows it goes there. Null while no channel has accepted it. */
export function bestChannel(bill: Pick<Bill, 'deliveries'>): string | null {
  for (const level of [...RECEIPT_LEVELS].reverse()) {
    const found = bill.deliveries.find((delivery) => delivery.purpose === 'notice' && reachedAt(delivery, level) !== null)
    if (found) return found.channel
  }
  return null
}

export type ChainState =
  /** The next channel to try; `at` is null while a pause holds it. */
  | { readonly kind: 'next'; readonly channel: string; readonly key: string; readonly at: number | null }
  /** No channel is left to try: since the receipt that the chain waited for, or since the last one's waiting time ended (null in a pause). */
  | { readonly kind: 'over'; readonly at: number | null }

/**
 * Where the delivery chain stands. A channel that cannot reach the citizen or failed for good, or whose letter came back,
 * hands over at once; a silent one after its waiting time, in the bill's own time. A late receipt on an earlier channel
 * ends the chain too, and so does the news that the citizen has died.
 */
export function chainState(bill: Bill, policy: Policy): ChainState {
  const pauses = stoppedBy('deliver', bill, policy)
  const tried = deliveryPlan(policy, bill).map((link) => ({ link, sent: noticesOn(bill, link.channel) }))
  const enough = tried.flatMap(({ link, sent }) => sent.map((delivery) => reachedAt(delivery, link.until))).filter((at) => at !== null)
  if (enough.length > 0) return { kind: 'over', at: Math.min(...enough) }
  const deceasedAt = deceasedSince(bill)
  if (deceasedAt !== null) return { kind: 'over', at: deceasedAt }
  let at: number | null = Math.max(bill.issuedAt ?? bill.issueAt, bill.noticesFrom ?? 0)
  for (const { link, sent } of tried) {
    const delivery = sent.at(-1)
    const key = delivery?.key ?? noticeKey(bill, link.channel)
    // One that was stopped (a pause, an earlier step) was not sent; it is taken up when it is due again.
    if (!delivery || delivery.state === 'stopped') return { kind: 'next', channel: link.channel, key, at }
    // A run that was lost between the record and the call left `sending`: the same delivery is taken up again.
    if (delivery.state === 'sending') return { kind: 'next', channel: link.channel, key, at: delivery.attemptedAt }
    const again = { kind: 'next', channel: link.channel, key: `${noticeKey(bill, link.channel)}#${turnOf(delivery.key) + 1}` } as const
    // It was taken back when it was not needed; where it is needed after all, it is a new one.
    if (delivery.state === 'recalled') return { ...again, at }
    if (delivery.state === 'returned' && typeof delivery.resendAt === 'number') return { ...again, at: delivery.resendAt }
    const over = delivery.endedAt ?? after(delivery.attemptedAt, durationMs(link.wait), pauses)
    at = at === null || over === null ? null : Math.max(at, over)
  }
  return { kind: 'over', at }
}
