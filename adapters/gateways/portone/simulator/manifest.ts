import type { SimulatorManifest } from '../../../../domain/ports/simulator.ts'
import { kitFlags } from '../../../kit/simulator/run.ts'

export const manifest: SimulatorManifest = {
  description: 'PortOne V2: payments that are taken at once, virtual accounts, cancellations and signed webhooks.',
  onRequest: true,
  secrets: ['api', 'webhook'],
  flags: kitFlags,
  settings: ({ url, secrets }) => ({
    PORTONE_URL: url,
    PORTONE_API_SECRET: secrets['api'] ?? '',
    PORTONE_STORE_ID: 'store-simulated',
    PORTONE_CHANNEL_KEY: 'channel-key-simulated',
    PORTONE_WEBHOOK_SECRET: `whsec_${Buffer.from(secrets['webhook'] ?? '', 'base64url').toString('base64')}`,
    PORTONE_WINDOW_URL: `${url}/window`,
  }),
}
