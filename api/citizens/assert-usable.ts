import type { Adapters } from '../../composition/adapters.ts'
import { invalid, ProviderError } from '../../domain/errors.ts'

const PATIENCE_MS = 10_000

/**
 * Asks the channel whether it could reach anybody there. One that does not answer now says nothing against the address.
 * @throws GojiError (invalid) `address_unusable`, `channel_unknown`.
 */
export async function assertUsable(adapters: Pick<Adapters, 'channel' | 'channelNames'>, channel: string, address: string): Promise<void> {
  if (!adapters.channelNames.includes(channel))
    throw invalid('channel_unknown', `There is no such channel here. There are: ${adapters.channelNames.join(', ') || 'none'}.`, '/channel')
  const reached = await adapters
    .channel(channel)
    .reachable(address, AbortSignal.timeout(PATIENCE_MS))
    .catch((error: unknown) => {
      if (error instanceof ProviderError) return true
      throw error
    })
  if (!reached)
    throw invalid('address_unusable', "The channel can reach nobody there. Check the address and the channel's form of it.", '/address')
}
