import type { SimulatorManifest } from '../../../../domain/ports/simulator.ts'
import { solapiManifest } from '../../../providers/solapi/simulator/manifest.ts'
import { PF_ID, TEMPLATES } from './templates.ts'

const solapi = solapiManifest('KAKAOTALK', 'KakaoTalk messages: the page shows what has arrived at each number.')

export const manifest: SimulatorManifest = {
  ...solapi,
  settings: (running) => ({
    ...solapi.settings(running),
    KAKAOTALK_PF_ID: PF_ID,
    KAKAOTALK_TEMPLATES: JSON.stringify(TEMPLATES),
  }),
}
