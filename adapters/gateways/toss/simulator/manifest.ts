import type { SimulatorManifest } from '../../../../domain/ports/simulator.ts'
import { kitFlags } from '../../../kit/simulator/run.ts'

export const manifest: SimulatorManifest = {
  description: 'Toss Payments: the payment window, virtual accounts, cancellations, webhooks and payouts.',
  onRequest: true,
  secrets: ['key'],
  flags: kitFlags,
  settings: ({ url, secrets }) => ({ TOSS_URL: url, TOSS_SECRET_KEY: secrets['key'] ?? '' }),
}
