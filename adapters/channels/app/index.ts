import type { ChannelModule } from '../../../domain/ports/adapter.ts'
import { createAppChannel } from './channel.ts'
import { parseRelays } from './settings.ts'

export const adapter: ChannelModule = {
  kind: 'channel',
  name: 'app',
  description: 'Private payment, card and chat apps that relay official notices, each behind the signed HTTP interface of PROTOCOL.md.',
  settings: {
    APP_RELAYS: {
      description:
        'JSON list of the relays: [{"name","url","secret","webhookSecret"}]; secrets are base64 of 24 to 64 bytes. While a webhookSecret is changed it is a list of the new and the old one.',
      secret: true,
      required: true,
    },
  },
  create: (settings) => createAppChannel(parseRelays(settings['APP_RELAYS'])),
}
