import type { SimulatorManifest } from '../../../../domain/ports/simulator.ts'

export const manifest: SimulatorManifest = {
  description: 'A mailbox: every mail that is sent ends there and is shown on a page.',
  secrets: [],
  usualPort: 8025,
  furtherPorts: { smtp: 1025 },
  flags: ({ port, ports, dataDir }) => [`--port=${port}`, `--smtp-port=${ports['smtp']}`, `--data-dir=${dataDir}`],
  settings: ({ ports }) => ({ EMAIL_SMTP_URL: `smtp://127.0.0.1:${ports['smtp']}`, EMAIL_FROM: 'bills@goji.example' }),
}
