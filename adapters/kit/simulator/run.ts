import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import type { SimulatorStart } from '../../../domain/ports/simulator.ts'

export interface SimulatorFlags {
  readonly folder: string
  readonly webhookUrl: string | undefined
  readonly seed: number
  /** @throws Error where it was not given. */
  secret(name: string): string
}

/** The flags by which the embedded stack starts a simulator of this kit; a manifest hands them on. */
export const kitFlags = ({ port, dataDir, webhookUrl, secrets }: SimulatorStart): readonly string[] => [
  `--port=${port}`,
  `--data-dir=${dataDir}`,
  `--webhook-url=${webhookUrl}`,
  // With "=", as a secret may begin with a hyphen.
  ...Object.entries(secrets).map(([name, value]) => `--secret=${name}=${value}`),
]

/** A simulator's process: reads the flags, listens, says where, and ends when it is told to. */
export function runSimulator(open: (flags: SimulatorFlags) => { readonly server: Server; start(): void }): void {
  const { values } = parseArgs({
    options: {
      /** 0 chooses a free one. */
      port: { type: 'string', default: '0' },
      /** 0.0.0.0 in a container. */
      host: { type: 'string', default: '127.0.0.1' },
      'data-dir': { type: 'string' },
      'webhook-url': { type: 'string' },
      seed: { type: 'string', default: '1' },
      secret: { type: 'string', multiple: true, default: [] },
    },
  })
  const folder = values['data-dir']
  if (folder === undefined) throw new Error('--data-dir is missing.')
  if (![values.port, values.seed].every((text) => /^[0-9]{1,9}$/.test(text))) throw new Error('--port and --seed are whole numbers.')
  const secrets = new Map(values.secret.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]))
  const { server, start } = open({
    folder,
    webhookUrl: values['webhook-url'],
    seed: Number(values.seed),
    secret: (name) => {
      const value = secrets.get(name)
      if (value === undefined) throw new Error(`--secret=${name}=… is missing.`)
      return value
    },
  })
  server.on('error', (error) => {
    console.error(error.message)
    process.exit(1)
  })
  server.listen(Number(values.port), values.host, () => {
    start()
    console.log(JSON.stringify({ listening: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }))
  })
  // Every line of the journal is written before it is answered for, so there is nothing to finish.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0))
}
