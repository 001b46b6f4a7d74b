import { MINUTE_MS } from '../../domain/duration.ts'
import { LimitError } from '../../domain/errors.ts'
import { keyedHash } from '../../store/keys/keyed-hash.ts'
import { networkOf } from '../network.ts'
import type { Root } from '../root.ts'
import { type Limit, Limiter } from './limiter.ts'

/** What a failed lookup costs beyond the request itself: whoever guesses comes to an end soon, whoever mistypes does not. */
export const MISS_POINTS = 20

/**
 * How often a key and an address may ask. A key in force is never held up by strangers at the same address; an address
 * is counted by a keyed hash of its network, and is written down nowhere.
 */
export class Limits {
  readonly #limiter: Limiter
  readonly #root: Pick<Root, 'config' | 'clock'>

  constructor(root: Pick<Root, 'sql' | 'config' | 'clock'>, warn: (error: unknown) => void) {
    this.#root = root
    this.#limiter = new Limiter(root.sql, warn)
  }

  /** @throws LimitError `rate_limited`. */
  async useKey(keyId: string): Promise<void> {
    refuse(await this.#spend(`key:${keyId}`, this.#root.config.GOJI_LIMIT_KEY, 1), 'This key has asked too often.')
  }

  /** A key asked for what is not there, or not its own. */
  async missByKey(keyId: string): Promise<void> {
    await this.#spend(`key:${keyId}`, this.#root.config.GOJI_LIMIT_KEY, MISS_POINTS)
  }

  /** Somebody whom no key names asks. @throws LimitError `rate_limited`. */
  async useAddress(ip: string | undefined, points = 1): Promise<void> {
    refuse(
      await this.#spend(this.#addressOf('address', ip), this.#root.config.GOJI_LIMIT_ADDRESS, points),
      'Too many requests came from this network.',
    )
  }

  /** Somebody followed a link, named a bill or typed a code that is none. */
  async missByAddress(ip: string | undefined): Promise<void> {
    await this.#spend(this.#addressOf('address', ip), this.#root.config.GOJI_LIMIT_ADDRESS, MISS_POINTS)
  }

  /** A provider reports. @throws LimitError `rate_limited`: it sends again later, and nothing is lost. */
  async useWebhook(ip: string | undefined): Promise<void> {
    refuse(
      await this.#spend(this.#addressOf('webhook', ip), this.#root.config.GOJI_LIMIT_WEBHOOK, 1),
      'Too many webhooks came from this network.',
    )
  }

  /** A webhook was not signed by its provider. */
  async missByWebhook(ip: string | undefined): Promise<void> {
    await this.#spend(this.#addressOf('webhook', ip), this.#root.config.GOJI_LIMIT_WEBHOOK, MISS_POINTS)
  }

  #spend(bucket: string, points: number, spent: number): Promise<number> {
    const limit: Limit = { points, windowMs: MINUTE_MS }
    return this.#limiter.spend(bucket, limit, spent, this.#root.clock.now())
  }

  #addressOf(kind: 'address' | 'webhook', ip: string | undefined): string {
    return `${kind}:${keyedHash(this.#root.config.GOJI_PEPPER, 'network', networkOf(ip ?? '')).toString('base64url')}`
  }
}

function refuse(wait: number, what: string): void {
  if (wait > 0) throw new LimitError('rate_limited', `${what} Wait as many seconds as Retry-After says, then go on more slowly.`, wait)
}
