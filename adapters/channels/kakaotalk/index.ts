import type { ChannelModule } from '../../../domain/ports/adapter.ts'
import { createSolapiChannel } from '../../providers/solapi/channel.ts'
import { readSolapiSettings } from '../../providers/solapi/settings.ts'
import { readTemplates, settings } from './settings.ts'
import { messageOf } from './template.ts'

export const adapter: ChannelModule = {
  kind: 'channel',
  name: 'kakaotalk',
  description: 'KakaoTalk AlimTalk messages through Solapi, by approved templates. It needs an account and a KakaoTalk business channel.',
  settings,
  create(values) {
    const solapi = readSolapiSettings('KAKAOTALK', values)
    const templates = readTemplates(values)
    return createSolapiChannel('kakaotalk', solapi, (notice) => messageOf(templates, notice))
  },
}
