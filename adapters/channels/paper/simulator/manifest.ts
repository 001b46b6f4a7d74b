import { join } from 'node:path'
import type { SimulatorManifest } from '../../../../domain/ports/simulator.ts'

const secretOf = (secrets: Readonly<Record<string, string>>): string => {
  const value = secrets['status']
  if (value === undefined) throw new Error('The secret "status" was not given.')
  return value
}

/** Letters wait for a minute at most, and the post takes a few: whoever watches wants to see them arrive. */
const CUT_OFF = 'PT1M'
const POST_TAKES_MS = 180_000

export const manifest: SimulatorManifest = {
  description: 'A print house and the post: picks letters up, prints and delivers them or brings them back; the page shows each letter.',
  usualPort: 8040,
  secrets: ['status'],
  flags: ({ port, dataDir, webhookUrl, secrets }) => [
    `--port=${port}`,
    `--data-dir=${dataDir}`,
    `--webhook-url=${webhookUrl}`,
    // With "=", as a secret may begin with a hyphen.
    `--secret=${secretOf(secrets)}`,
    `--post-takes=${POST_TAKES_MS}`,
  ],
  settings: ({ dataDir, secrets }) => {
    if (dataDir === undefined) throw new Error('The folder that the simulator was started with is needed: the spool is in it.')
    return { PAPER_SPOOL_DIR: join(dataDir, 'spool'), PAPER_STATUS_SECRET: secretOf(secrets), PAPER_CUTOFF: CUT_OFF }
  },
}
