import type { Channel } from './channel.ts'
import type { Gateway } from './gateway.ts'

/**
 * What each folder under `adapters/channels/<name>` and `adapters/gateways/<name>` exports as `adapter` from its
 * `index.ts`. `composition/adapters.ts` finds the folders; nothing else knows their names.
 */
export interface AdapterModule<Port> {
  readonly kind: 'channel' | 'gateway'
  /** The folder's name. */
  readonly name: string
  /** One line for an operator: what it is and what it needs. */
  readonly description: string
  /** Environment variables it reads, with what they mean; the root passes their values to `create`. */
  readonly settings: Readonly<Record<string, { readonly description: string; readonly secret: boolean; readonly required: boolean }>>
  /** @throws GojiError `setting_invalid`, naming the variable and never its value. */
  create(settings: Readonly<Record<string, string | undefined>>): Port
}

export type ChannelModule = AdapterModule<Channel>
export type GatewayModule = AdapterModule<Gateway> & {
  /** Reads its settlement file where that needs no settings, so that a file can be looked at anywhere. */
  readonly readSettlement?: Gateway['parseSettlement']
  /** Its rail are transfers to our own account: what banks' statements show of them are its payments. At most one folder says so. */
  readonly seenInBank?: true
}
