import type { GatewayModule } from '../../../domain/ports/adapter.ts'
import { createClient } from './client.ts'
import { createGateway } from './gateway.ts'
import { readSettings, settings } from './settings.ts'
import { parseSettlement } from './settlement.ts'

const name = 'sandbox'

export const adapter: GatewayModule = {
  kind: 'gateway',
  name,
  description: 'A practice gateway that takes no real money. It needs its simulator running, which keeps a journal of its own.',
  settings,
  create(values) {
    const read = readSettings(values)
    return createGateway(name, createClient(read), read.webhookKeys)
  },
  readSettlement: parseSettlement,
}
