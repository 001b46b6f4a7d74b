import type { GatewayModule } from '../../../domain/ports/adapter.ts'
import { createClient } from './client.ts'
import { createGateway } from './gateway.ts'
import { readSettings, settings } from './settings.ts'

const name = 'portone'

export const adapter: GatewayModule = {
  kind: 'gateway',
  name,
  description:
    'PortOne V2: payment companies of Korea behind one interface. It needs a store, a channel, and its window page served somewhere.',
  settings,
  create(values) {
    const read = readSettings(values)
    return createGateway(name, createClient(read), read)
  },
}
