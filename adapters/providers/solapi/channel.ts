import { ProviderError } from '../../../domain/errors.ts'
import type { Channel, ChannelReceipt, Notice } from '../../../domain/ports/channel.ts'
import { createSolapiClient, type Message } from './client.ts'
import { mobileNumber } from './phone.ts'
import type { SolapiSettings } from './settings.ts'
import { translateReports } from './webhook.ts'

/**
 * A channel through Solapi, which knows no idempotency key. So every send first asks whether a message with our key is
 * there already, and one process sends a key once at a time: a lost answer is found out, never repeated blindly.
 * @param word What the citizen is sent, in Solapi's words. @throws ProviderError technical where it cannot be worded.
 */
export function createSolapiChannel(
  name: string,
  settings: SolapiSettings,
  word: (notice: Notice) => Readonly<Record<string, unknown>>,
): Channel {
  const client = createSolapiClient(settings)
  const underWay = new Map<string, Promise<ChannelReceipt>>()

  const sendOnce = async (key: string, message: Message, signal: AbortSignal): Promise<ChannelReceipt> => {
    const known = await client.find(key, message.to, signal)
    return known !== null && known.level !== 'failed' ? known : client.send(key, message, signal)
  }

  return {
    name,
    repeat: 'queryable',
    reports: 'delivered',
    needsAddress: true,

    // Solapi cannot be asked whether a number is in use, or has the app: it reports that of each message.
    reachable: (address) => Promise.resolve(mobileNumber(address) !== null),

    async send({ key, address, notice }, signal) {
      const to = mobileNumber(address)
      if (to === null) throw new ProviderError('permanent', 'address_invalid', 'The address is no Korean mobile number.')
      if (!/^[A-Za-z0-9_:-]{1,64}$/.test(key))
        throw new ProviderError('technical', 'key_invalid', 'A delivery key is 1 to 64 letters, digits, "_", ":" and "-".')
      const before = underWay.get(key)
      if (before) return before
      const sending = sendOnce(key, { ...word(notice), to }, signal).finally(() => underWay.delete(key))
      underWay.set(key, sending)
      return sending
    },

    receipt: (key, signal, address) => {
      const to = mobileNumber(address)
      return to === null ? Promise.resolve(null) : client.find(key, to, signal)
    },

    translate: (headers, body) => translateReports(settings.webhookSecret, headers, body),
  }
}
