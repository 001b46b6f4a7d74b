import { setTimeout as delay } from 'node:timers/promises'
import type { Caller, Order, Reply } from './caller.ts'
import type { Receiver } from './receiver.ts'

const ROTATION_PATIENCE_MS = 90_000

interface ApiKey {
  readonly id: string
  readonly secret: string
  underWay: number
}

/** An institution with its key, which may be replaced while orders are under way, and its webhook endpoint. */
export class Institution {
  readonly id: string
  readonly name: string
  readonly #caller: Caller
  readonly #platformKey: string
  readonly #receiver: Receiver
  #key: ApiKey
  endpointId = ''

  constructor(parts: {
    id: string
    name: string
    key: { id: string; secret: string }
    caller: Caller
    platformKey: string
    receiver: Receiver
  }) {
    this.id = parts.id
    this.name = parts.name
    this.#key = { ...parts.key, underWay: 0 }
    this.#caller = parts.caller
    this.#platformKey = parts.platformKey
    this.#receiver = parts.receiver
  }

  async order(order: Order): Promise<Reply> {
    const key = this.#key
    key.underWay += 1
    try {
      return await this.#caller.order(key.secret, order)
    } finally {
      key.underWay -= 1
    }
  }

  async read(path: string): Promise<Readonly<Record<string, unknown>> | null> {
    const key = this.#key
    key.underWay += 1
    try {
      return await this.#caller.read(key.secret, path)
    } finally {
      key.underWay -= 1
    }
  }

  get hookPath(): string {
    return `/${this.name}`
  }

  /** Has every event of its bills sent to its own server. */
  async subscribe(receiverUrl: string): Promise<void> {
    const body = { url: `${receiverUrl}${this.hookPath}`, events: [], description: this.name }
    const made = await this.order({ what: 'createEndpoint', path: '/v1/webhook-endpoints', body })
    this.endpointId = String(made.body['id'])
    this.#receiver.secrets.set(this.hookPath, [String(made.body['secret'])])
  }

  /** A new key, used from now on; the old one is ended once nothing is under way with it. */
  async rotateKey(): Promise<boolean> {
    const made = await this.#caller.order(this.#platformKey, { what: 'createKey', path: `/v1/institutions/${this.id}/keys`, body: {} })
    if (made.outcome !== 'acknowledged' || typeof made.body['secret'] !== 'string') return false
    const old = this.#key
    this.#key = { id: String(made.body['id']), secret: made.body['secret'], underWay: 0 }
    const until = Date.now() + ROTATION_PATIENCE_MS
    while (old.underWay > 0 && Date.now() < until) await delay(50)
    if (old.underWay > 0) return true
    await this.#caller.order(this.#platformKey, { what: 'revokeKey', path: `/v1/keys/${old.id}/revoke`, body: {} })
    return true
  }

  /** A new signing secret; webhooks carry both signatures for a while. A lost answer is a lost secret, so it is made again. */
  async rotateSecret(): Promise<boolean> {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const path = `/v1/webhook-endpoints/${this.endpointId}/rotate-secret`
      const made = await this.order({ what: 'rotateSecret', path, body: { overlapHours: 1 } })
      if (typeof made.body['secret'] !== 'string') continue
      const known = this.#receiver.secrets.get(this.hookPath) ?? []
      this.#receiver.secrets.set(this.hookPath, [...known, made.body['secret']])
      return true
    }
    return false
  }

  /** What an operator does once the institution's server is well again: everything that waits is sent now. */
  async redeliver(now: number): Promise<void> {
    const path = `/v1/webhook-endpoints/${this.endpointId}`
    const seen = await this.read(path)
    if (seen !== null && seen['state'] === 'disabled') await this.order({ what: 'enableEndpoint', path: `${path}/enable`, body: {} })
    await this.order({ what: 'redeliver', path: `${path}/redeliver`, body: { since: new Date(now).toISOString() } })
  }
}
