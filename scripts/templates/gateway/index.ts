import type { GatewayModule } from '../../../domain/ports/adapter.ts'
import { createClient } from './client.ts'
import { createSampleGateway } from './gateway.ts'
import { readSettings, settings } from './settings.ts'

export const adapter: GatewayModule = {
  kind: 'gateway',
  name: 'sample',
  // YOURS: one line for an operator: what it is and what it needs.
  description: 'Payments through Sample. It needs an account.',
  settings,
  create(values) {
    const read = readSettings(values)
    return createSampleGateway(createClient(read), read.webhookKeys)
  },
}
