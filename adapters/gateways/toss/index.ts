import type { GatewayModule } from '../../../domain/ports/adapter.ts'
import { createClient } from './client.ts'
import { createGateway } from './gateway.ts'
import { readSettings, settings } from './settings.ts'
import { parseSettlement } from './settlement.ts'

const name = 'toss'

export const adapter: GatewayModule = {
  kind: 'gateway',
  name,
  description: "Toss Payments: cards, wallets, transfers and virtual accounts in its hosted payment window. It needs a shop's secret key.",
  settings,
  readSettlement: parseSettlement,
  create(values) {
    const read = readSettings(values)
    return createGateway(name, createClient(read), read)
  },
}
