import type { Schemas } from '../../client/index.ts'
import { facts } from '../output.ts'

export type Endpoint = Schemas['WebhookEndpoint']

/** How an endpoint does, in words. */
export const healthOf = ({ state, disabledBecause, downSince, nextProbeAt }: Endpoint): string => {
  if (state === 'disabled') return disabledBecause === 'gone' ? 'disabled: it answered that it is gone' : 'disabled'
  return downSince === null ? 'enabled' : `down since ${downSince}, tried again at ${nextProbeAt ?? '-'}`
}

export const pendingOf = ({ pending, oldestPendingAt }: Endpoint): string =>
  oldestPendingAt === null ? '0' : `${pending}, the oldest of ${oldestPendingAt}`

export const endpointText = (endpoint: Endpoint): string =>
  facts([
    ['endpoint', `${endpoint.id} (${endpoint.mode}) of ${endpoint.institution}`],
    ['url', endpoint.url],
    ['description', endpoint.description],
    ['events', endpoint.events.length === 0 ? 'all' : endpoint.events.join(', ')],
    ['state', healthOf(endpoint)],
    ['not delivered', pendingOf(endpoint)],
    ['given up', String(endpoint.givenUp)],
    ['last success', endpoint.lastSuccessAt ?? '-'],
    ['last error', endpoint.lastError === null ? '-' : `${endpoint.lastError} at ${endpoint.lastErrorAt ?? '-'}`],
  ])

/** The secret of an answer, or why it is not there. */
export const secretText = (secret: string | null): string =>
  secret === null
    ? 'The secret was shown before and is shown once only.'
    : `${facts([['secret', secret]])}\nKeep it now: it is shown this once.`
