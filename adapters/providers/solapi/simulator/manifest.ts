import type { SimulatorManifest } from '../../../../domain/ports/simulator.ts'
import { kitFlags } from '../../../kit/simulator/run.ts'

/** The manifest of a channel that goes through the simulated Solapi, under the channel's own prefix of settings. */
export const solapiManifest = (prefix: string, description: string): SimulatorManifest => ({
  description,
  onRequest: true,
  secrets: ['key', 'secret', 'webhook'],
  flags: kitFlags,
  settings: ({ url, secrets }) => ({
    [`${prefix}_URL`]: url,
    [`${prefix}_API_KEY`]: secrets['key'] ?? '',
    [`${prefix}_API_SECRET`]: secrets['secret'] ?? '',
    [`${prefix}_WEBHOOK_SECRET`]: secrets['webhook'] ?? '',
    [`${prefix}_SENDER`]: '02-120',
  }),
})
