import type { SimulatorManifest } from '../../../../domain/ports/simulator.ts'
import { RELAY_NAMES } from './behaviour.ts'

const named = (secrets: Readonly<Record<string, string>>, name: string): string => {
  const value = secrets[name]
  if (value === undefined) throw new Error(`The secret "${name}" was not given.`)
  return value
}

export const manifest: SimulatorManifest = {
  description: 'Three apps that relay notices (pay, card, talk); the page shows the mailboxes of their users.',
  usualPort: 8030,
  secrets: RELAY_NAMES.flatMap((name) => [name, `${name}-webhook`]),
  flags: ({ port, dataDir, webhookUrl, secrets }) => [
    '--port',
    String(port),
    '--state',
    dataDir,
    '--webhook-url',
    webhookUrl,
    ...RELAY_NAMES.flatMap((name) => ['--relay', `${name}:${named(secrets, name)}:${named(secrets, `${name}-webhook`)}`]),
  ],
  settings: ({ url, secrets }) => ({
    APP_RELAYS: JSON.stringify(
      RELAY_NAMES.map((name) => ({
        name,
        url: `${url}/${name}`,
        secret: named(secrets, name),
        webhookSecret: named(secrets, `${name}-webhook`),
      })),
    ),
  }),
}
