import type { ChannelModule } from '../../../domain/ports/adapter.ts'
import { createSolapiChannel } from '../../providers/solapi/channel.ts'
import { readSolapiSettings, solapiSettings } from '../../providers/solapi/settings.ts'
import { messageOf } from './message.ts'

export const adapter: ChannelModule = {
  kind: 'channel',
  name: 'sms',
  description:
    'Text messages (SMS, or LMS over 90 bytes) to Korean mobile numbers through Solapi. It needs an account and a registered sender number.',
  settings: solapiSettings('SMS'),
  create: (values) => createSolapiChannel('sms', readSolapiSettings('SMS', values), messageOf),
}
