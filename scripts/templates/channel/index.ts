import type { ChannelModule } from '../../../domain/ports/adapter.ts'
import { createSampleChannel } from './channel.ts'
import { readSettings, settings } from './settings.ts'

export const adapter: ChannelModule = {
  kind: 'channel',
  name: 'sample',
  // YOURS: one line for an operator: what it is and what it needs.
  description: 'Messages through Sample. It needs an account.',
  settings,
  create: (values) => createSampleChannel(readSettings(values)),
}
