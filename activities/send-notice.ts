import type { DeliveryPurpose } from '../domain/bill.ts'
import { DAY_MS } from '../domain/duration.ts'
import { ProviderError, StoppedError } from '../domain/errors.ts'
import type { Channel, ChannelReceipt } from '../domain/ports/channel.ts'
import { beginDelivery } from '../store/commands/begin-delivery.ts'
import { look } from '../store/commands/look.ts'
import { noteRepetition } from '../store/commands/note-repetition.ts'
import { type Receipt, recordAnswer } from '../store/commands/record-receipt.ts'
import { readNotice } from '../store/deliveries/read-notice.ts'
import type { View } from '../store/unit/held-bill.ts'
import { transaction } from '../store/unit/transaction.ts'
import { CALL_LIMIT_MS, withHeartbeat } from './heartbeat.ts'
import { wordNotice } from './notice-text.ts'
import { laterOf, type Ports } from './ports.ts'

/** How long the link in a notice opens its bill; after that the citizen signs in. */
const LINK_LIFE_MS = 90 * DAY_MS

export interface SendInput {
  readonly billId: string
  readonly key: string
  readonly purpose: DeliveryPurpose
  readonly now: number
}

/**
 * Sends one notice on one channel: recorded before the call, re-checked under the bill's lock just before it, and
 * recorded again after. A repetition asks the channel first where the channel can tell; where it cannot (mail), the same
 * message id goes out and the possible duplicate is recorded as such before. The answer is the bill as it then stands.
 */
export const sendActivities = (ports: Ports) => ({
  sendNotice: async ({ billId, key, purpose, now }: SendInput): Promise<View> => {
    // What the notice says is read under the same lock, as it stands when the delivery is recorded.
    const [begun, data] = await transaction(ports.sql, (tx) =>
      Promise.all([beginDelivery(tx, billId, key, laterOf(now, ports)), readNotice(tx, billId)]),
    )
    if (!begun.due) return transaction(ports.sql, (tx) => look(tx, billId, laterOf(now, ports)))
    const channel = ports.channel(begun.channel)
    const address = begun.address ?? ''
    const record = (receipt: Receipt): Promise<View> =>
      transaction(ports.sql, (tx) => recordAnswer(tx, { billId, deliveryId: begun.deliveryId }, receipt, laterOf(now, ports)))
    if (begun.mayBeSent && channel.repeat !== 'atLeastOnce') {
      const known = await withHeartbeat(CALL_LIMIT_MS, (signal) => channel.receipt(begun.deliveryId, signal, address))
      if (known !== null && known.level !== 'failed') return record(known)
    }
    if (begun.stopped) throw new StoppedError('channel', begun.channel)
    if (!(await withHeartbeat(CALL_LIMIT_MS, (signal) => channel.reachable(address, signal)))) {
      return record({ level: 'unreachable', at: laterOf(now, ports) })
    }
    if (begun.mayBeSent && channel.repeat === 'atLeastOnce') await transaction(ports.sql, (tx) => noteRepetition(tx, begun.deliveryId))
    const url = ports.link({ billId, deliveryId: begun.deliveryId, expiresAt: laterOf(now, ports) + LINK_LIFE_MS })
    return record(
      await send(
        channel,
        { key: begun.deliveryId, address, notice: wordNotice(data, purpose, url, laterOf(now, ports), channel.printed) },
        laterOf(now, ports),
      ),
    )
  },
})

/** A permanent refusal is a receipt like any other; what another attempt may cure is thrown, and Temporal tries again. */
async function send(channel: Channel, request: Parameters<Channel['send']>[0], now: number): Promise<ChannelReceipt> {
  try {
    const receipt = await withHeartbeat(CALL_LIMIT_MS, (signal) => channel.send(request, signal))
    if (receipt.level === 'failed' && receipt.kind !== 'permanent')
      throw new ProviderError(receipt.kind, receipt.code, 'the channel could not take the notice')
    return receipt
  } catch (error) {
    if (!(error instanceof ProviderError) || error.kind !== 'permanent') throw error
    return { level: 'failed', kind: 'permanent', code: error.code, at: now, reference: request.key }
  }
}
