import { solapiManifest } from '../../../providers/solapi/simulator/manifest.ts'

export const manifest = solapiManifest('SMS', 'Text messages: the page shows what has arrived at each number.')
