import type { ChannelNotice } from '../../domain/ports/channel.ts'
import type { Tx } from '../connection.ts'
import { deliveriesOfChannel } from '../deliveries/deliveries-of-channel.ts'
import { recordEvent } from '../inbox/record-event.ts'
import type { Wake } from '../unit/with-bills.ts'
import { recordReceipts } from './record-receipt.ts'

/** What became of each piece of news, in the order in which it came. */
export type NoticeResult = 'recorded' | 'duplicate' | 'ignored'

/**
 * Records what a channel reports, once by its own event ids and together with its effect. `ignored`: about no delivery
 * of this channel. @throws GojiError `event_differs`.
 */
export async function recordNotices(
  tx: Tx,
  news: { readonly channel: string; readonly notices: readonly ChannelNotice[]; readonly body: Buffer },
  now: number,
): Promise<{ results: NoticeResult[]; wakes: Wake[] }> {
  const { channel, notices, body } = news
  const own = await deliveriesOfChannel(
    tx,
    channel,
    notices.map(({ key }) => key),
  )
  const results: NoticeResult[] = []
  for (const notice of notices) {
    const event = { provider: `channel:${channel}`, eventId: notice.eventId, body: notice.body ?? body }
    const isNew = await recordEvent(tx, event, now)
    results.push(!isNew ? 'duplicate' : own.has(notice.key) ? 'recorded' : 'ignored')
  }
  const receipts = notices
    .filter((_, index) => results[index] === 'recorded')
    .map(({ key: deliveryId, receipt }) => ({ deliveryId, receipt }))
  return { results, wakes: await recordReceipts(tx, receipts, now) }
}
