import { existsSync } from 'node:fs'
import type { ChannelDriver, CreateDriver, GatewayDriver } from '../domain/ports/simulator.ts'

/** A running simulator: its folder's kind and name, where it answers and the secrets it shares with its adapter. */
export interface Simulator {
  readonly kind: 'channel' | 'gateway'
  readonly name: string
  /** Base URL, without a trailing slash. */
  readonly url: string
  readonly secrets: Readonly<Record<string, string>>
}

export interface Drivers {
  /** Where simulated citizens pay, by the gateway's name. */
  readonly gateways: ReadonlyMap<string, GatewayDriver>
  /** Where simulated citizens receive, by the channel's name. */
  readonly channels: ReadonlyMap<string, ChannelDriver>
}

/** The drivers of running simulators, found by their folders: nothing here knows a provider's name. */
export async function loadDrivers(simulators: readonly Simulator[]): Promise<Drivers> {
  const channels = new Map<string, ChannelDriver>()
  const gateways = new Map<string, GatewayDriver>()
  for (const simulator of simulators) {
    const file = new URL(`../adapters/${simulator.kind}s/${simulator.name}/simulator/driver.ts`, import.meta.url)
    if (!existsSync(file)) continue
    const { createDriver } = (await import(file.href)) as { createDriver: CreateDriver<ChannelDriver | GatewayDriver> }
    const driver = createDriver(simulator)
    if (simulator.kind === 'channel') channels.set(simulator.name, driver as ChannelDriver)
    else gateways.set(simulator.name, driver as GatewayDriver)
  }
  return { gateways, channels }
}
