import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { invalid } from '../../domain/errors.ts'
import type { SimulatorManifest } from '../../domain/ports/simulator.ts'
import { nodeProcess } from './own-process.ts'
import type { Ports } from './ports.ts'
import type { DataFolder } from './data-folder.ts'
import type { Children } from './process.ts'
import type { Secrets } from './secrets.ts'

export type AdapterKind = 'channel' | 'gateway'

/** A provider's simulator, found by its folder. */
export interface FoundSimulator {
  readonly kind: AdapterKind
  /** The folder's name, which is the adapter's. */
  readonly name: string
  readonly main: string
  readonly manifest: SimulatorManifest
}

export interface RunningSimulator extends FoundSimulator {
  readonly url: string
  /** The settings by which its adapter reaches it. */
  readonly settings: Readonly<Record<string, string>>
  stop(): Promise<void>
}

export interface SimulatorOptions {
  readonly data: DataFolder
  readonly secrets: Secrets
  readonly children: Children
  readonly ports: Ports
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Base URL of the API, which takes the webhooks. */
  readonly apiUrl: string
  readonly signal: AbortSignal
  readonly note: (line: string) => void
}

const START_TIMEOUT_MS = 60_000

/** Every `adapters/<kind>s/<name>/simulator/` with a `main.ts` and a `manifest.ts`, in the order of their names. */
export async function findSimulators(root: string): Promise<FoundSimulator[]> {
  const folders = (['channel', 'gateway'] as const).flatMap((kind) => {
    const parent = join(root, 'adapters', `${kind}s`)
    const names = existsSync(parent) ? readdirSync(parent).sort() : []
    return names.map((name) => ({ kind, name, folder: join(parent, name, 'simulator') }))
  })
  const complete = folders.filter(({ folder }) => ['main.ts', 'manifest.ts'].every((file) => existsSync(join(folder, file))))
  const found: FoundSimulator[] = []
  for (const { kind, name, folder } of complete) {
    const { manifest } = (await import(pathToFileURL(join(folder, 'manifest.ts')).href)) as { manifest: SimulatorManifest }
    found.push({ kind, name, main: join(folder, 'main.ts'), manifest })
  }
  return found
}

/**
 * Those that start: all that ask for nothing, and of the others those that are named.
 * @throws GojiError `simulator_unknown` for a name that no simulator has, naming those that there are.
 */
export function chosenSimulators(found: readonly FoundSimulator[], asked: readonly string[]): FoundSimulator[] {
  const unknown = asked.find((name) => !found.some((one) => one.name === name))
  if (unknown !== undefined) {
    const names = found.filter(({ manifest }) => manifest.onRequest).map(({ name }) => name)
    throw invalid('simulator_unknown', `There is no simulator "${unknown}". There are: ${names.join(', ')}.`)
  }
  return found.filter(({ name, manifest }) => !manifest.onRequest || asked.includes(name))
}

/** Starts one simulator and waits until it answers. @throws GojiError `process_failed`. */
export async function startSimulator(found: FoundSimulator, options: SimulatorOptions): Promise<RunningSimulator> {
  const { kind, name, manifest } = found
  const id = `${kind}-${name}`
  const choose = async (portName: string, usual?: number): Promise<number> => {
    const { port, insteadOf } = await options.ports.choose(portName, usual)
    if (insteadOf !== undefined) options.note(`${name} listens on port ${port}, as ${insteadOf} is taken.`)
    return port
  }
  const port = await choose(id, manifest.usualPort)
  const ports: Record<string, number> = {}
  for (const [further, usual] of Object.entries(manifest.furtherPorts ?? {})) ports[further] = await choose(`${id}-${further}`, usual)
  const secrets = Object.fromEntries(manifest.secrets.map((secret) => [secret, options.secrets.get(`${id}-${secret}`)]))
  const dataDir = options.data.folder('simulators', id)
  const flags = manifest.flags({ port, ports, dataDir, secrets, webhookUrl: `${options.apiUrl}/webhooks/${kind}/${name}` })
  const child = await options.children.start(
    nodeProcess({ name: id, main: found.main, flags, folder: dataDir, environment: { PATH: options.environment['PATH'] }, graceMs: 5_000 }),
  )
  const url = await child.listening(START_TIMEOUT_MS, options.signal)
  return { ...found, url, settings: manifest.settings({ url, ports, secrets, dataDir }), stop: () => child.stop() }
}
