import type { GatewayModule } from '../../../domain/ports/adapter.ts'
import { createGateway } from './gateway.ts'
import { readSettings, settings } from './settings.ts'

const name = 'bank-transfer'

export const adapter: GatewayModule = {
  kind: 'gateway',
  name,
  description:
    'Transfers to our own bank account under a reference that the citizen is told. Money is seen in the bank’s statements alone.',
  settings,
  create: (values) => createGateway(name, readSettings(values)),
  seenInBank: true,
}
