import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'
import type { Entry, Stamped } from './entries.ts'
import { Journal } from './journal.ts'
import { State } from './state.ts'

/** What follows the journal beside the state: the webhooks still owed, the faults counted. */
export type Follower = (entry: Stamped) => void

/** Journal and state as one: nothing changes in memory that is not also on its way to the disk. */
export class Book {
  readonly state = new State()
  readonly #clock: Clock
  readonly #followers: readonly Follower[]
  #journal!: Journal
  #seq = 0

  private constructor(clock: Clock, followers: readonly Follower[]) {
    this.#clock = clock
    this.#followers = followers
  }

  /** Rebuilds everything from the journal in `folder`, or begins a new one under a new random name. */
  static async open(folder: string, clock: Clock, followers: readonly Follower[]): Promise<Book> {
    const book = new Book(clock, followers)
    book.#journal = await Journal.open(folder, (entry) => {
      book.#seq = entry.seq
      book.#apply(entry)
    })
    // Event ids and file names carry it: what a merchant remembers of an older journal must never be mistaken for this one's.
    if (book.#seq === 0) book.record({ op: 'opened', journal: randomBytes(5).toString('hex') })
    await book.flushed()
    return book
  }

  /** Makes one thing true. It may be answered for only after `flushed()`. */
  record(entry: Entry): Stamped {
    this.#seq += 1
    const stamped: Stamped = { seq: this.#seq, at: this.#clock.now(), ...entry }
    this.#journal.append(stamped)
    this.#apply(stamped)
    return stamped
  }

  flushed(): Promise<void> {
    return this.#journal.flushed()
  }

  close(): Promise<void> {
    return this.#journal.close()
  }

  #apply(entry: Stamped): void {
    if (entry.op === 'clock') this.#clock.advance(entry.advanceMs)
    this.state.apply(entry, entry.at)
    for (const follow of this.#followers) follow(entry)
  }
}
