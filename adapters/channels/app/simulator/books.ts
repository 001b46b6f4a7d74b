import type { Entry, Place } from './journal.ts'

/** One delivery of one relay, as the journal has it. Times are milliseconds. */
export interface Delivery {
  readonly relay: string
  readonly key: string
  readonly recipient: string
  readonly attempt: number
  readonly status: string
  readonly code: string | undefined
  /** Since when it has this status. */
  readonly at: number
  /** Where the notice stands in the journal. */
  readonly notice: Place
}

/** News that no answer has told yet, so that a webhook has to. */
export interface News {
  /** The same each time it is repeated, also after a restart. */
  readonly id: string
  readonly delivery: Delivery
}

const idOf = (delivery: { readonly relay: string; readonly key: string }): string => `${delivery.relay}/${delivery.key}`

/** What the lines of the journal add up to, and nothing else: a restart that reads them again finds the same. */
export class Books {
  readonly #byKey = new Map<string, Delivery>()
  readonly #byRecipient = new Map<string, Set<string>>()
  readonly #news = new Map<string, News>()

  /** Answers the news of this line, where it has some. */
  follow(entry: Entry, place: Place): News | undefined {
    if (entry.event === 'notified') this.#news.delete(`${entry.relay}/${entry.id}`)
    if (entry.event === 'notified' || entry.event === 'fault') return undefined
    if (entry.event === 'accepted') {
      const { relay, key, recipient, attempt, at } = entry
      this.#byKey.set(idOf(entry), { relay, key, recipient, attempt, status: 'accepted', code: undefined, at, notice: place })
      const mailbox = this.#byRecipient.get(`${relay}/${recipient}`) ?? new Set()
      this.#byRecipient.set(`${relay}/${recipient}`, mailbox.add(idOf(entry)))
      return undefined
    }
    const before = this.#byKey.get(idOf(entry))
    if (!before) throw new Error(`The journal tells of the delivery ${idOf(entry)} before it was accepted.`)
    const change = entry.event === 'opened' ? { status: 'opened' } : { status: entry.status, code: entry.code }
    const delivery = { ...before, ...change, at: entry.at }
    this.#byKey.set(idOf(entry), delivery)
    if (entry.event === 'outcome' && entry.told) return undefined
    const news = { id: `${entry.key}:${entry.attempt}:${delivery.status}`, delivery }
    this.#news.set(`${entry.relay}/${news.id}`, news)
    return news
  }

  find(relay: string, key: string): Delivery | undefined {
    return this.#byKey.get(idOf({ relay, key }))
  }

  all(): Iterable<Delivery> {
    return this.#byKey.values()
  }

  untold(): Iterable<News> {
    return this.#news.values()
  }

  /** What has arrived at one citizen, oldest first. */
  received(relay: string, recipient: string): readonly Delivery[] {
    const ids = this.#byRecipient.get(`${relay}/${recipient}`) ?? []
    return [...ids].flatMap((id) => this.#byKey.get(id) ?? []).filter(({ status }) => status === 'delivered' || status === 'opened')
  }

  /** The recipients of one relay, those that came last first. */
  recipients(relay: string, limit: number): readonly string[] {
    const all = [...this.#byRecipient.keys()].filter((id) => id.startsWith(`${relay}/`))
    return all
      .slice(-limit)
      .reverse()
      .map((id) => id.slice(relay.length + 1))
  }
}
