import type { Notice } from '../../../../domain/ports/channel.ts'
import { type Fate, fateOf } from './behaviour.ts'
import { type Entry, Journal, type Place } from './journal.ts'
import { Refusal } from './refusal.ts'

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

export interface DeliveriesOptions {
  readonly folder: string
  readonly seed: number
  /** All waiting times are divided by it. */
  readonly hurry: number
  /** Whether citizens open notices by themselves. */
  readonly opens: boolean
  readonly onNews: (news: News) => void
}

const idOf = (entry: { readonly relay: string; readonly key: string }): string => `${entry.relay}/${entry.key}`

/** The relays' books: everything in them comes from the journal, so a restart finds them as they were. */
export class Deliveries {
  readonly #options: DeliveriesOptions
  readonly #journal: Journal
  readonly #byKey = new Map<string, Delivery>()
  readonly #byRecipient = new Map<string, Set<string>>()
  readonly #news = new Map<string, News>()
  #started = false

  constructor(options: DeliveriesOptions) {
    this.#options = options
    this.#journal = Journal.open(options.folder, (entry, place) => this.#follow(entry, place))
  }

  /** Takes up what a previous process left unfinished. */
  start(): void {
    this.#started = true
    for (const news of this.#news.values()) this.#options.onNews(news)
    for (const delivery of this.#byKey.values()) this.#schedule(delivery)
  }

  /**
   * The protocol's `POST /deliveries`: the first call makes the delivery, every other one finds it.
   * @throws Refusal `key_reused`, `recipient_unknown`, `consent_missing`.
   */
  accept(relay: string, key: string, recipient: string, notice: Notice): Delivery {
    const known = this.find(relay, key)
    if (known && known.recipient !== recipient) throw new Refusal(422, 'key_reused')
    if (known && known.status !== 'temporary-failure') return known
    const attempt = (known?.attempt ?? 0) + 1
    const fate = this.#fate(relay, recipient, attempt)
    if (fate.reach === 'unknown') throw new Refusal(422, 'recipient_unknown')
    if (fate.reach === 'noconsent') throw new Refusal(422, 'consent_missing')
    const at = Date.now()
    const accepted: Entry = { event: 'accepted', relay, key, attempt, at, recipient, notice }
    this.record(fate.outcomeAfter === 0 ? [accepted, outcomeEntry({ relay, key, attempt }, fate, at, true)] : [accepted])
    return this.#get(relay, key)
  }

  /** The citizen opens the notice, which has to be there for it. @throws Refusal `delivery_unknown`, `not_delivered`. */
  open(relay: string, key: string): Delivery {
    const delivery = this.#get(relay, key)
    if (delivery.status === 'opened') return delivery
    if (delivery.status !== 'delivered') throw new Refusal(409, 'not_delivered')
    this.record([{ event: 'opened', relay, key, attempt: delivery.attempt, at: Date.now() }])
    return this.#get(relay, key)
  }

  find(relay: string, key: string): Delivery | undefined {
    return this.#byKey.get(idOf({ relay, key }))
  }

  noticeOf(delivery: Delivery): Notice {
    const entry = this.#journal.read(delivery.notice)
    if (entry.event !== 'accepted') throw new Error('The journal has another line where the notice was.')
    return entry.notice
  }

  /** What has arrived at one citizen, oldest first. */
  received(relay: string, recipient: string): readonly Delivery[] {
    const ids = this.#byRecipient.get(`${relay}/${recipient}`) ?? []
    return [...ids].flatMap((id) => this.#byKey.get(id) ?? []).filter(({ status }) => status === 'delivered' || status === 'opened')
  }

  /** The recipients of one relay, those that came last first. */
  recipients(relay: string, limit: number): readonly string[] {
    const all = [...this.#byRecipient.keys()].filter((id) => id.startsWith(`${relay}/`))
    return all.slice(-limit).reverse().map((id) => id.slice(relay.length + 1))
  }

  record(entries: readonly Entry[]): void {
    const places = this.#journal.append(entries)
    entries.forEach((entry, index) => this.#follow(entry, places[index] ?? { offset: 0, length: 0 }))
  }

  #get(relay: string, key: string): Delivery {
    const delivery = this.find(relay, key)
    if (!delivery) throw new Refusal(404, 'delivery_unknown')
    return delivery
  }

  #follow(entry: Entry, place: Place): void {
    if (entry.event === 'notified') this.#news.delete(`${entry.relay}/${entry.id}`)
    if (entry.event === 'notified' || entry.event === 'fault') return
    const { relay, key, attempt, at } = entry
    const id = idOf(entry)
    if (entry.event === 'accepted') {
      const delivery = { relay, key, recipient: entry.recipient, attempt, status: 'accepted', code: undefined, at, notice: place }
      const mailbox = `${relay}/${entry.recipient}`
      this.#byRecipient.set(mailbox, (this.#byRecipient.get(mailbox) ?? new Set()).add(id))
      this.#put(delivery)
      return
    }
    const before = this.#byKey.get(id)
    if (!before) throw new Error(`The journal tells of the delivery ${id} before it was accepted.`)
    const delivery =
      entry.event === 'opened' ? { ...before, status: 'opened', at } : { ...before, status: entry.status, code: entry.code, at }
    this.#put(delivery)
    if (entry.event === 'outcome' && entry.told) return
    const news = { id: `${key}:${attempt}:${delivery.status}`, delivery }
    this.#news.set(`${relay}/${news.id}`, news)
    if (this.#started) this.#options.onNews(news)
  }

  #put(delivery: Delivery): void {
    this.#byKey.set(idOf(delivery), delivery)
    if (this.#started) this.#schedule(delivery)
  }

  /** Lets happen what the fate holds next. A timer that finds something else already there does nothing. */
  #schedule(delivery: Delivery): void {
    const { relay, key, recipient, attempt, status, at } = delivery
    if (status !== 'accepted' && status !== 'delivered') return
    const fate = this.#fate(relay, recipient, attempt)
    const after = status === 'accepted' ? fate.outcomeAfter : this.#options.opens ? fate.openAfter : null
    if (after === null) return
    setTimeout(() => {
      const now = this.find(relay, key)
      if (now?.status !== status || now.attempt !== attempt) return
      if (status === 'delivered') this.open(relay, key)
      else this.record([outcomeEntry(delivery, fate, Date.now(), false)])
    }, Math.max(0, at + after - Date.now()))
  }

  #fate(relay: string, recipient: string, attempt: number): Fate {
    const { seed, hurry } = this.#options
    const fate = fateOf(seed, relay, recipient, attempt)
    return { ...fate, outcomeAfter: fate.outcomeAfter / hurry, openAfter: fate.openAfter === null ? null : fate.openAfter / hurry }
  }
}

const outcomeEntry = ({ relay, key, attempt }: Pick<Delivery, 'relay' | 'key' | 'attempt'>, fate: Fate, at: number, told: boolean): Entry =>
  ({ event: 'outcome', relay, key, attempt, at, status: fate.outcome, ...(fate.code === undefined ? {} : { code: fate.code }), told })
