import { z } from 'zod'
import type { Root } from '../../composition/root.ts'
import { notFound, type ProviderKind } from '../../domain/errors.ts'
import type { Queryable } from '../../store/connection.ts'
import { type ProviderStop, readStops } from '../../store/providers/provider-stop.ts'
import { time, toIso } from '../../schemas/time.ts'

const NAME = /^[a-z][a-z0-9-]{0,62}$/
const kind = z.enum(['channel', 'gateway'])

/** Path of one provider. */
export const providerParams = z.strictObject({ kind, name: z.string().regex(NAME).meta({ example: 'cards' }) }).meta({ noun: 'provider' })

export const providerSchema = z
  .strictObject({
    kind,
    name: z.string(),
    configured: z.boolean().meta({ description: 'Whether this deployment has its settings.' }),
    stopped: z.strictObject({ reason: z.string(), by: z.string(), since: time }).nullable().meta({ description: 'Null while it runs.' }),
  })
  .meta({ id: 'Provider' })

export const providerExample = {
  kind: 'gateway',
  name: 'cards',
  configured: true,
  stopped: { reason: 'Takes money twice', by: 'key:key_01hfz3k9q4m7v2x8c5t6w0r3en', since: '2026-11-24T00:00:00.000Z' },
}

export interface Provider {
  readonly kind: ProviderKind
  readonly name: string
  readonly configured: boolean
  readonly stop: ProviderStop | null
}

/** How a provider is named where one word has to do. */
export const providerKey = ({ kind, name }: Pick<Provider, 'kind' | 'name'>): string => `${kind}:${name}`

/** Every provider of this deployment, and those that were stopped and are not there any more, in order. */
export async function readProviders({ adapters }: Pick<Root, 'adapters'>, sql: Queryable): Promise<Provider[]> {
  const stops = new Map((await readStops(sql)).map((stop) => [providerKey(stop), stop]))
  const here = [
    ...adapters.channelNames.map((name) => ({ kind: 'channel' as const, name })),
    ...adapters.gatewayNames.map((name) => ({ kind: 'gateway' as const, name })),
  ]
  const keys = new Set(here.map(providerKey))
  const gone = [...stops.values()].filter((stop) => !keys.has(providerKey(stop)))
  return [
    ...here.map((one) => ({ ...one, configured: true, stop: stops.get(providerKey(one)) ?? null })),
    ...gone.map((stop) => ({ kind: stop.kind, name: stop.name, configured: false, stop })),
  ].sort((one, other) => (providerKey(one) < providerKey(other) ? -1 : 1))
}

/** @throws GojiError `provider_not_found`. */
export async function readProvider(
  root: Pick<Root, 'adapters'>,
  sql: Queryable,
  params: Pick<Provider, 'kind' | 'name'>,
): Promise<Provider> {
  const found = (await readProviders(root, sql)).find((one) => providerKey(one) === providerKey(params))
  if (found === undefined) throw notFound('provider')
  return found
}

export const providerView = ({ kind: of, name, configured, stop }: Provider): object => ({
  kind: of,
  name,
  configured,
  stopped: stop?.stopped === true ? { reason: stop.reason, by: stop.actor, since: toIso(stop.changed_at) } : null,
})
