import { isCurrency, type Currency } from '../../../../domain/currencies.ts'
import { Journal } from '../../../kit/simulator/journal.ts'
import type { Booked, Day } from './camt.ts'

type Entry =
  | {
      readonly op: 'transfer'
      readonly id: string
      readonly at: number
      readonly minor: string
      readonly currency: Currency
      readonly text: string
      readonly name: string
      readonly account: string
    }
  | { readonly op: 'day'; readonly at: number }

/** A bank with one account of ours in every currency. What happened stands in its journal, and a restart reads it again. */
export class Bank {
  readonly days: Day[] = []
  /** Booked, and in no statement yet. */
  readonly open: Booked[] = []
  readonly #journal: Journal<Entry>
  readonly #balances = new Map<Currency, bigint>()
  #transfers = 0

  constructor(folder: string) {
    this.#journal = Journal.open<Entry>(folder, (entry) => this.#apply(entry))
  }

  /** @throws RangeError for an amount that is none, or a currency that nobody knows. */
  transfer(given: { minor: bigint; currency: string; text: string; name: string; account: string }, at: number): Booked {
    const { currency, minor } = given
    if (!isCurrency(currency) || minor === 0n) throw new RangeError('a transfer needs a currency and an amount other than zero')
    const id = `B${String(this.#transfers + 1).padStart(9, '0')}`
    this.#do({ op: 'transfer', ...given, id, at, currency, minor: minor.toString() })
    return this.open.at(-1) as Booked
  }

  /** Ends the day: a statement for every currency in which something moved. */
  endDay(at: number): void {
    if (this.open.length > 0) this.#do({ op: 'day', at })
  }

  find = (id: string): Booked | undefined => [...this.open, ...this.days.flatMap(({ booked }) => booked)].find((one) => one.id === id)

  #do(entry: Entry): void {
    this.#journal.append(entry)
    this.#apply(entry)
  }

  #apply(entry: Entry): void {
    if (entry.op === 'transfer') {
      const { op: _op, minor, ...booked } = entry
      this.#transfers += 1
      this.open.push({ ...booked, minor: BigInt(minor) })
      return
    }
    for (const currency of [...new Set(this.open.map((one) => one.currency))].sort()) {
      const booked = this.open.filter((one) => one.currency === currency)
      const opening = this.#balances.get(currency) ?? 0n
      const sequence = this.days.filter((day) => day.currency === currency).length + 1
      this.days.push({ name: `${currency}-${String(sequence).padStart(5, '0')}`, sequence, at: entry.at, currency, opening, booked })
      this.#balances.set(
        currency,
        booked.reduce((sum, { minor }) => sum + minor, opening),
      )
    }
    this.open.length = 0
  }
}
