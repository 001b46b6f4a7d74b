import type { Notice } from '../../../../domain/ports/channel.ts'
import { type Fate, fateOf } from './behaviour.ts'
import { Books, type Delivery, type News } from './books.ts'
import { type Entry, Journal } from './journal.ts'
import { Refusal } from './refusal.ts'

export interface DeliveriesOptions {
  readonly folder: string
  readonly seed: number
  /** All waiting times are divided by it. */
  readonly hurry: number
  /** Whether citizens open notices by themselves. */
  readonly opens: boolean
  readonly onNews: (news: News) => void
}

/** What the relays do: accept, deliver or fail by fate, and let citizens open. Each deed is a line of the journal first. */
export class Deliveries {
  readonly books = new Books()
  readonly #options: DeliveriesOptions
  readonly #journal: Journal

  constructor(options: DeliveriesOptions) {
    this.#options = options
    this.#journal = Journal.open(options.folder, (entry, place) => this.books.follow(entry, place))
  }

  /** Takes up what a previous process left unfinished. */
  start(): void {
    for (const news of this.books.untold()) this.#options.onNews(news)
    for (const delivery of this.books.all()) this.#schedule(delivery)
  }

  /**
   * The protocol's `POST /deliveries`: the first call makes the delivery, every other one finds it.
   * @throws Refusal `key_reused`, `recipient_unknown`, `consent_missing`.
   */
  accept(relay: string, key: string, recipient: string, notice: Notice): Delivery {
    const known = this.books.find(relay, key)
    if (known && known.recipient !== recipient) throw new Refusal(422, 'key_reused')
    if (known && known.status !== 'temporary-failure') return known
    const attempt = (known?.attempt ?? 0) + 1
    const fate = this.#fate(relay, recipient, attempt)
    if (fate.reach === 'unknown') throw new Refusal(422, 'recipient_unknown')
    if (fate.reach === 'noconsent') throw new Refusal(422, 'consent_missing')
    const at = Date.now()
    const accepted: Entry = { event: 'accepted', relay, key, attempt, at, recipient, notice }
    return this.#change(relay, key, fate.outcomeAfter === 0 ? [accepted, outcome({ relay, key, attempt }, fate, at, true)] : [accepted])
  }

  /** The citizen opens the notice, which has to be there for it. @throws Refusal `delivery_unknown`, `not_delivered`. */
  open(relay: string, key: string): Delivery {
    const delivery = this.#get(relay, key)
    if (delivery.status === 'opened') return delivery
    if (delivery.status !== 'delivered') throw new Refusal(409, 'not_delivered')
    return this.#change(relay, key, [{ event: 'opened', relay, key, attempt: delivery.attempt, at: Date.now() }])
  }

  noticeOf(delivery: Delivery): Notice {
    const entry = this.#journal.read(delivery.notice)
    if (entry.event !== 'accepted') throw new Error('The journal has another line where the notice was.')
    return entry.notice
  }

  /** Writes lines that change no delivery: webhooks that were answered, faults that were injected. */
  record(entries: readonly Entry[]): void {
    const places = this.#journal.append(entries)
    for (const [index, place] of places.entries()) {
      const entry = entries[index]
      const news = entry && this.books.follow(entry, place)
      if (news) this.#options.onNews(news)
    }
  }

  #change(relay: string, key: string, entries: readonly Entry[]): Delivery {
    this.record(entries)
    const delivery = this.#get(relay, key)
    this.#schedule(delivery)
    return delivery
  }

  #get(relay: string, key: string): Delivery {
    const delivery = this.books.find(relay, key)
    if (!delivery) throw new Refusal(404, 'delivery_unknown')
    return delivery
  }

  /** Lets happen what the fate holds next. A timer that finds something else already there does nothing. */
  #schedule(delivery: Delivery): void {
    const { relay, key, recipient, attempt, status, at } = delivery
    if (status !== 'accepted' && status !== 'delivered') return
    const fate = this.#fate(relay, recipient, attempt)
    const after = status === 'accepted' ? fate.outcomeAfter : this.#options.opens ? fate.openAfter : null
    if (after === null) return
    const happen = (): void => {
      const now = this.books.find(relay, key)
      if (now?.status !== status || now.attempt !== attempt) return
      if (status === 'delivered') this.open(relay, key)
      else this.#change(relay, key, [outcome(delivery, fate, Date.now(), false)])
    }
    setTimeout(happen, Math.max(0, at + after - Date.now()))
  }

  #fate(relay: string, recipient: string, attempt: number): Fate {
    const { seed, hurry } = this.#options
    const fate = fateOf(seed, relay, recipient, attempt)
    return { ...fate, outcomeAfter: fate.outcomeAfter / hurry, openAfter: fate.openAfter === null ? null : fate.openAfter / hurry }
  }
}

const outcome = ({ relay, key, attempt }: Pick<Delivery, 'relay' | 'key' | 'attempt'>, fate: Fate, at: number, told: boolean): Entry => {
  const code = fate.code === undefined ? {} : { code: fate.code }
  return { event: 'outcome', relay, key, attempt, at, status: fate.outcome, ...code, told }
}
