import type { DataFolder } from '../../cli/stack/data-folder.ts'
import { nodeProcess } from '../../cli/stack/own-process.ts'
import type { Children } from '../../cli/stack/process.ts'
import type { Secrets } from '../../cli/stack/secrets.ts'
import { type FoundSimulator, findSimulators } from '../../cli/stack/simulators.ts'

const START_MS = 60_000

export interface RunningProvider {
  readonly name: string
  /** Where simulated people reach it, past every proxy. */
  readonly url: string
  readonly secrets: Readonly<Record<string, string>>
  readonly dataDir: string
  readonly found: FoundSimulator
  readonly port: number
  readonly ports: Readonly<Record<string, number>>
}

/** The simulators of the run: the gateway that starts unasked, and the channel of that name. */
export async function pickProviders(root: string, channel: string): Promise<{ gateway: FoundSimulator; mail: FoundSimulator }> {
  const found = await findSimulators(root)
  const gateway = found.find(({ kind, manifest }) => kind === 'gateway' && !manifest.onRequest)
  const mail = found.find(({ kind, name }) => kind === 'channel' && name === channel)
  if (gateway === undefined || mail === undefined) throw new Error(`There has to be a simulated gateway, and a simulator of ${channel}.`)
  return { gateway, mail }
}

export async function startProvider(
  found: FoundSimulator,
  options: {
    readonly data: DataFolder
    readonly secrets: Secrets
    readonly children: Children
    /** The first of as many ports in a row as it needs. */
    readonly firstPort: number
    /** Host and port that take its webhooks. */
    readonly webhooks: string
    readonly environment: NodeJS.ProcessEnv
  },
): Promise<RunningProvider> {
  const { kind, name, manifest } = found
  const id = `${kind}-${name}`
  const further = Object.keys(manifest.furtherPorts ?? {})
  const ports = Object.fromEntries(further.map((one, index) => [one, options.firstPort + 1 + index]))
  const secrets = Object.fromEntries(manifest.secrets.map((secret) => [secret, options.secrets.get(`${id}-${secret}`)]))
  const dataDir = options.data.folder('simulators', id)
  const webhookUrl = `http://${options.webhooks}/webhooks/${kind}/${name}`
  const flags = manifest.flags({ port: options.firstPort, ports, dataDir, secrets, webhookUrl })
  const child = await options.children.start(
    nodeProcess({ name: id, main: found.main, flags, folder: dataDir, environment: { PATH: options.environment['PATH'] }, graceMs: 5_000 }),
  )
  const url = await child.listening(START_MS, AbortSignal.timeout(START_MS))
  return { name, url, secrets, dataDir, found, port: options.firstPort, ports }
}

/** The settings by which the adapter reaches the provider through a proxy, which listens at the port given for each of its own. */
export function settingsThrough(provider: RunningProvider, through: ReadonlyMap<number, number>): Record<string, string> {
  const port = (own: number): number => through.get(own) ?? own
  const { found, secrets, dataDir } = provider
  const ports = Object.fromEntries(Object.entries(provider.ports).map(([name, own]) => [name, port(own)]))
  return { ...found.manifest.settings({ url: `http://127.0.0.1:${port(provider.port)}`, ports, secrets, dataDir }) }
}
