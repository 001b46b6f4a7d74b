import { readdirSync } from 'node:fs'
import { GATEWAY_ABILITIES, type GatewayHarness, type GatewayHarnessModule } from '../contract/gateway-harness.ts'

/** The harness of the first gateway that can do everything, found by its folder: the golden scenarios name no provider. */
export async function startGatewayHarness(): Promise<GatewayHarness> {
  const folder = new URL('../../adapters/gateways/', import.meta.url)
  for (const name of readdirSync(folder).sort()) {
    const module = (await import(new URL(`${name}/harness.ts`, folder).href)) as GatewayHarnessModule
    if (module.onlyInstructs !== true && GATEWAY_ABILITIES.every((ability) => (module.abilities ?? GATEWAY_ABILITIES).includes(ability)))
      return module.startHarness()
  }
  throw new Error('No gateway can do all that the golden scenarios need.')
}
