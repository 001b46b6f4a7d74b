import type { GatewayModule } from '../domain/ports/adapter.ts'
import type { Gateway } from '../domain/ports/gateway.ts'
import { findModules } from './adapters.ts'

/** The gateways whose settlement files can be read without any setting, by name. */
export async function settlementReaders(): Promise<ReadonlyMap<string, Gateway['parseSettlement']>> {
  const modules = (await findModules<Gateway>('gateways')) as GatewayModule[]
  return new Map(modules.flatMap(({ name, readSettlement }) => (readSettlement === undefined ? [] : [[name, readSettlement] as const])))
}
