import { Faults } from './faults.ts'
import { Journal } from './journal.ts'
import { type OwedWebhook, type WebhookRules, Webhooks } from './webhooks.ts'

/** What every simulator notes besides its own deeds. Names begin with an underscore, so that none meets a provider's word. */
type OwnEntry =
  | { readonly op: '_clock'; readonly advanceMs: number }
  | { readonly op: '_owed'; readonly webhook: OwedWebhook }
  | { readonly op: '_told'; readonly id: string; readonly outcome: 'taken' | 'givenUp' }
  | { readonly op: '_fault'; readonly fault: string; readonly key: string }

export type Stamped<Entry> = Entry & { readonly at: number }

/**
 * A simulator's memory: nothing changes in it that does not stand in the journal first, so that a killed process comes
 * back as it was. The clock is the machine's, moved forward on request; it dates everything.
 */
export class World<Entry extends { readonly op: string }> {
  readonly faults: Faults
  readonly #webhooks: Webhooks
  readonly #journal: Journal<Stamped<Entry | OwnEntry>>
  readonly #apply: (entry: Stamped<Entry>) => void
  #ahead = 0
  #events = 0

  private constructor(folder: string, seed: number, rules: WebhookRules, apply: (entry: Stamped<Entry>) => void) {
    this.faults = new Faults(seed)
    this.#apply = apply
    this.#webhooks = new Webhooks(rules, {
      faults: this.faults,
      now: () => this.now(),
      taken: ({ id }) => this.#own({ op: '_told', id, outcome: 'taken' }),
      refused: (webhook, dueAt) => {
        if (dueAt === null) this.#own({ op: '_told', id: webhook.id, outcome: 'givenUp' })
        else this.#own({ op: '_owed', webhook: { ...webhook, dueAt, refusals: webhook.refusals + 1 } })
      },
      faulted: (fault, key) => this.#own({ op: '_fault', fault, key }),
    })
    this.#journal = Journal.open(folder, (entry) => this.#follow(entry))
  }

  /** Rebuilds everything from the journal in `folder`. `start` begins to send what is still owed. */
  static open<Entry extends { readonly op: string }>(
    options: { readonly folder: string; readonly seed: number; readonly webhooks: WebhookRules },
    apply: (entry: Stamped<Entry>) => void,
  ): World<Entry> {
    return new World<Entry>(options.folder, options.seed, options.webhooks, apply)
  }

  start(): void {
    this.#webhooks.start()
  }

  /** Milliseconds since 1970, as the provider sees them. */
  now(): number {
    return Date.now() + this.#ahead
  }

  advance(advanceMs: number): void {
    this.#own({ op: '_clock', advanceMs })
    this.#webhooks.look()
  }

  /** Makes one thing true. */
  record(entry: Entry): void {
    const stamped: Stamped<Entry> = { ...entry, at: this.now() }
    this.#journal.append(stamped)
    this.#apply(stamped)
  }

  /** Owes the merchant a webhook, from now on until it is taken. */
  tell(key: string, body: object | readonly object[], id = `evt_${this.now().toString(36)}_${(this.#events += 1)}`): void {
    this.#own({ op: '_owed', webhook: { id, key, body: JSON.stringify(body), dueAt: this.now(), refusals: 0 } })
  }

  noteFault(fault: string, key: string): void {
    this.#own({ op: '_fault', fault, key })
  }

  #own(entry: OwnEntry): void {
    const stamped = { ...entry, at: this.now() }
    this.#journal.append(stamped)
    this.#follow(stamped)
  }

  #follow(entry: Stamped<Entry | OwnEntry>): void {
    const own = entry as Stamped<OwnEntry>
    if (own.op === '_clock') this.#ahead += own.advanceMs
    else if (own.op === '_owed') this.#webhooks.owe(own.webhook)
    else if (own.op === '_told') this.#webhooks.forget(own.id)
    else if ((own.op as string) !== '_fault') this.#apply(entry as Stamped<Entry>)
  }
}
