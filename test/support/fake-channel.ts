import { ProviderError } from '../../domain/errors.ts'
import type { Channel, ChannelReceipt, SendRequest } from '../../domain/ports/channel.ts'

/** What the channel does with a notice. `busy`: it cannot take it now, and an attempt later may succeed. */
export type Behaviour = 'accepts' | 'delivers' | 'unreachable' | 'refuses' | 'busy'

/** A channel in memory that does what it is told, and remembers what was sent at which time. */
export class FakeChannel implements Channel {
  readonly name: string
  readonly repeat = 'idempotent'
  readonly reports = 'read'
  readonly needsAddress = true
  readonly sent: { readonly at: number; readonly request: SendRequest }[] = []
  attempts = 0
  behaviour: Behaviour
  readonly #clock: { now(): number }

  constructor(name: string, behaviour: Behaviour, clock: { now(): number }) {
    this.name = name
    this.behaviour = behaviour
    this.#clock = clock
  }

  reachable = async (): Promise<boolean> => this.behaviour !== 'unreachable'

  async send(request: SendRequest): Promise<ChannelReceipt> {
    this.attempts += 1
    if (this.behaviour === 'busy') throw new ProviderError('temporary', 'busy', 'the channel cannot take the notice now')
    if (this.behaviour === 'refuses') throw new ProviderError('permanent', 'refused', 'the channel will never take the notice')
    const at = this.#clock.now()
    this.sent.push({ at, request })
    return { level: this.behaviour === 'delivers' ? 'delivered' : 'accepted', at, reference: request.key }
  }

  receipt = async (): Promise<ChannelReceipt | null> => null
  translate = (): never => {
    throw new Error('this channel has no webhooks')
  }
}

/** Puts channels beside those of the deployment, or in their place. Call it before the worker starts. */
export function useChannels(adapters: { channel(name: string): Channel }, channels: readonly Channel[]): void {
  const others = adapters.channel
  const byName = new Map(channels.map((channel) => [channel.name, channel]))
  Object.assign(adapters, { channel: (name: string) => byName.get(name) ?? others(name) })
}
