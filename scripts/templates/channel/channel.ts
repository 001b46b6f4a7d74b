import { ProviderError } from '../../../domain/errors.ts'
import type { Channel } from '../../../domain/ports/channel.ts'
import { createClient } from './client.ts'
import type { Settings } from './settings.ts'
import { translate } from './webhook.ts'
import { receiptOf } from './wire.ts'

export function createSampleChannel(settings: Settings): Channel {
  const client = createClient(settings)
  return {
    name: 'sample',
    // YOURS: `idempotent` where the same key is the same effect, `queryable` where only asking tells, else `atLeastOnce`.
    repeat: 'idempotent',
    // YOURS: the highest receipt that the provider reports.
    reports: 'read',
    needsAddress: true,
    reachable: (address, signal) => (isAddress(address) ? client.reachable(address, signal) : Promise.resolve(false)),
    async send({ key, address, notice }, signal) {
      if (!isAddress(address)) throw new ProviderError('permanent', 'address_invalid', 'The address is none of this channel.')
      return receiptOf(await client.send(key, address, notice, signal))
    },
    async receipt(key, signal) {
      const report = await client.find(key, signal)
      return report === null ? null : receiptOf(report)
    },
    translate: (headers, body, now) => translate(settings.webhookKeys, headers, body, now),
  }
}

/** YOURS: what an address looks like. */
const isAddress = (address: string): boolean => /^[a-z0-9-]{3,64}$/.test(address)
