import type { SimulatorManifest } from '../../../../domain/ports/simulator.ts'
import { kitFlags } from '../../../../adapters/kit/simulator/run.ts'

export const manifest: SimulatorManifest = {
  description: 'Sample: the page shows what has arrived.',
  onRequest: true,
  secrets: ['api', 'webhook'],
  flags: kitFlags,
  settings: ({ url, secrets }) => ({
    SAMPLE_URL: url,
    SAMPLE_SECRET: secrets['api'] ?? '',
    SAMPLE_WEBHOOK_SECRET: `whsec_${Buffer.from(secrets['webhook'] ?? '', 'base64url').toString('base64')}`,
  }),
}
