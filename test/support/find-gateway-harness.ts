import { readdirSync } from 'node:fs'
import type { GatewayHarness } from '../contract/gateway-harness.ts'

/** The harness of the first gateway that has a simulator, found by its folder: the golden scenarios name no provider. */
export async function startGatewayHarness(): Promise<GatewayHarness> {
  const folder = new URL('../../adapters/gateways/', import.meta.url)
  const [name] = readdirSync(folder).sort()
  const { startHarness } = (await import(new URL(`${name}/harness.ts`, folder).href)) as { startHarness: () => Promise<GatewayHarness> }
  return startHarness()
}
