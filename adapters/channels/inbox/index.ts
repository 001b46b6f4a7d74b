import type { ChannelModule } from '../../../domain/ports/adapter.ts'
import { createInboxChannel } from './channel.ts'

export const adapter: ChannelModule = {
  kind: 'channel',
  name: 'inbox',
  description: "The platform's own page of a citizen's bills. It needs nothing.",
  settings: {},
  create: () => createInboxChannel(),
}
