import { join } from 'node:path'
import type { SimulatorManifest } from '../../../../domain/ports/simulator.ts'

/** The stack's secrets are base64url; Standard Webhooks writes its secrets `whsec_` and base64. */
export const webhookSecret = (secret: string): string => `whsec_${Buffer.from(secret, 'base64url').toString('base64')}`

const named = (secrets: Readonly<Record<string, string>>, name: string): string => {
  const value = secrets[name]
  if (value === undefined) throw new Error(`The secret "${name}" was not given.`)
  return value
}

export const manifest: SimulatorManifest = {
  description: 'A payment gateway that takes no real money: a payment page, webhooks, refunds, and a settlement file every half minute.',
  secrets: ['api', 'webhook'],
  flags: ({ port, dataDir, webhookUrl, secrets }) => [
    // With "=", as a secret may begin with a hyphen.
    `--port=${port}`,
    `--journal=${join(dataDir, 'journal')}`,
    `--secret=${named(secrets, 'api')}`,
    `--webhook-secret=${webhookSecret(named(secrets, 'webhook'))}`,
    `--webhook-url=${webhookUrl}`,
    '--settle-every=30000',
  ],
  settings: ({ url, secrets }) => ({
    SANDBOX_URL: url,
    SANDBOX_SECRET: named(secrets, 'api'),
    SANDBOX_WEBHOOK_SECRET: webhookSecret(named(secrets, 'webhook')),
  }),
}
