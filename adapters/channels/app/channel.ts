import { GojiError, invalid, ProviderError } from '../../../domain/errors.ts'
import type { Channel, ChannelNotice, ChannelReceipt } from '../../../domain/ports/channel.ts'
import { parseAddress } from './address.ts'
import { askDelivery, askReachability, postDelivery } from './client.ts'
import type { Relay } from './settings.ts'
import { type Headers, isSigned } from '../../kit/signature.ts'
import { deliveryReport, receiptOf } from './wire.ts'

/** Private apps as relays of official notices. The citizen's address names the relay, so one channel serves them all. */
export const createAppChannel = (relays: ReadonlyMap<string, Relay>): Channel => ({
  name: 'app',
  repeat: 'idempotent',
  reports: 'read',
  needsAddress: true,

  async reachable(address, signal) {
    const target = parseAddress(address)
    const relay = target && relays.get(target.relay)
    return target && relay ? askReachability(relay, target.recipient, signal) : false
  },

  async send({ key, address, notice }, signal) {
    const target = parseAddress(address)
    const relay = target && relays.get(target.relay)
    if (!target || !relay) throw new ProviderError('permanent', 'address_invalid', 'The address names no relay of this channel.')
    if (!/^[A-Za-z0-9_:-]{1,128}$/.test(key))
      throw new ProviderError('technical', 'key_invalid', 'A delivery key is 1 to 128 letters, digits, "_", ":" and "-".')
    return receiptOf(relay.name, await postDelivery(relay, key, target.recipient, notice, signal))
  },

  receipt: (key, signal) => askAll([...relays.values()], key, signal),

  translate(headers, body, now) {
    const relay = relays.get(headers['goji-relay'] ?? '')
    if (!relay || !isSigned(relay.webhookKeys, headers, body, now)) {
      throw new GojiError('unauthorized', 'signature_invalid', 'The signature is missing, stale or wrong. Check the secret and the clock.')
    }
    return [readNotice(relay, headers, body)]
  },
})

/**
 * The key alone does not say which relay has the delivery, so all are asked at once. While one of them cannot answer,
 * "nobody knows it" would be a guess, and a guess here sends a second notice.
 */
async function askAll(relays: readonly Relay[], key: string, signal: AbortSignal): Promise<ChannelReceipt | null> {
  const answers = await Promise.allSettled(relays.map(async (relay) => ({ relay, report: await askDelivery(relay, key, signal) })))
  for (const answer of answers) {
    if (answer.status === 'fulfilled' && answer.value.report !== null) return receiptOf(answer.value.relay.name, answer.value.report)
  }
  for (const answer of answers) if (answer.status === 'rejected') throw answer.reason as Error
  return null
}

/** @throws GojiError `webhook_malformed` where a relay signed something that is not in the protocol. */
function readNotice(relay: Relay, headers: Headers, body: Buffer): ChannelNotice {
  const malformed = (): GojiError =>
    invalid(
      'webhook_malformed',
      `The relay ${relay.name} signed a body that is not in the protocol. See adapters/channels/app/PROTOCOL.md.`,
    )
  let json: unknown
  try {
    json = JSON.parse(body.toString('utf8'))
  } catch {
    throw malformed()
  }
  const result = deliveryReport.safeParse(json)
  if (!result.success) throw malformed()
  // Two relays may number their events alike.
  return { eventId: `${relay.name}:${headers['webhook-id'] ?? ''}`, key: result.data.key, receipt: receiptOf(relay.name, result.data) }
}
