import { readdir } from 'node:fs/promises'
import type { AdapterModule, GatewayModule } from '../domain/ports/adapter.ts'
import type { Channel } from '../domain/ports/channel.ts'
import type { Gateway } from '../domain/ports/gateway.ts'
import { invalid } from '../domain/errors.ts'

export interface Adapters {
  /** @throws GojiError `channel_unknown` naming those that there are. */
  channel(name: string): Channel
  /** @throws GojiError `gateway_unknown` naming those that there are. */
  gateway(name: string): Gateway
  readonly channelNames: readonly string[]
  readonly gatewayNames: readonly string[]
  /** The gateway whose payments banks' statements show, also where this deployment tells payers of no account. */
  readonly transferGateway: string
}

/** Every adapter found by its folder: adding a provider means adding a folder, and nothing here. */
export async function findModules<Port>(kind: 'channels' | 'gateways'): Promise<AdapterModule<Port>[]> {
  const root = new URL(`../adapters/${kind}/`, import.meta.url)
  const folders = (await readdir(root, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const modules: AdapterModule<Port>[] = []
  // One after the other: they share modules, which a test's module loader mixes up when they are imported at the same time.
  for (const name of folders.sort())
    modules.push(((await import(new URL(`${name}/index.ts`, root).href)) as { adapter: AdapterModule<Port> }).adapter)
  return modules
}

/** Makes the adapters whose required settings are there; the others are not configured in this deployment. */
function configured<Port>(
  modules: readonly AdapterModule<Port>[],
  environment: Readonly<Record<string, string | undefined>>,
): Map<string, Port> {
  const ready = modules.filter(({ settings }) =>
    Object.entries(settings).every(([name, { required }]) => !required || environment[name] !== undefined),
  )
  return new Map(
    ready.map((module) => [
      module.name,
      module.create(Object.fromEntries(Object.keys(module.settings).map((name) => [name, environment[name]]))),
    ]),
  )
}

export async function loadAdapters(environment: Readonly<Record<string, string | undefined>>): Promise<Adapters> {
  const channels = configured(await findModules<Channel>('channels'), environment)
  const gatewayModules = (await findModules<Gateway>('gateways')) as GatewayModule[]
  const gateways = configured(gatewayModules, environment)
  const transfers = gatewayModules.find(({ seenInBank }) => seenInBank === true)
  const pick = <Port>(map: Map<string, Port>, kind: string, name: string): Port => {
    const found = map.get(name)
    if (!found)
      throw invalid(
        `${kind}_unknown`,
        `There is no ${kind} "${name}" in this deployment. There are: ${[...map.keys()].join(', ') || 'none'}.`,
      )
    return found
  }
  return {
    channel: (name) => pick(channels, 'channel', name),
    gateway: (name) => pick(gateways, 'gateway', name),
    channelNames: [...channels.keys()],
    gatewayNames: [...gateways.keys()],
    transferGateway: transfers?.name ?? '',
  }
}
