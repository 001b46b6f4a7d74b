import { Gauge, type Registry } from 'prom-client'
import { readInvariants } from '../../store/invariants/read-invariants.ts'
import type { Logger } from '../log.ts'
import type { Root } from '../root.ts'

/** Reading all of them may take a minute of one core of the database, so it is done this seldom. */
const EVERY_MS = 5 * 60_000

/**
 * How many things contradict each invariant of the books. A scrape never waits for a reading: it is told the last one, and
 * starts the next where that is too old. Each API process tells the same, so rules and panels take the largest.
 */
export class InvariantMetrics {
  readonly #root: Pick<Root, 'sql' | 'clock'>
  readonly #log: Logger
  readonly #violations: Gauge
  readonly #unread: Gauge
  #startedAt = -Infinity
  #reading: Promise<void> | undefined

  constructor(root: Pick<Root, 'sql' | 'clock'>, log: Logger, register: Registry) {
    this.#root = root
    this.#log = log
    this.#violations = new Gauge({
      name: 'goji_invariant_violations',
      help: 'Things that contradict an invariant of the books, counted up to 1,000, every five minutes.',
      labelNames: ['invariant'],
      registers: [register],
    })
    this.#unread = new Gauge({
      name: 'goji_invariants_unread',
      help: 'Invariants that the database did not get through at the last reading; the count of those is older.',
      registers: [register],
    })
  }

  /** Starts a reading where the last one is too old. Answers its end, for who wants to wait. */
  refresh(): Promise<void> {
    const now = this.#root.clock.now()
    if (this.#reading === undefined && now - this.#startedAt >= EVERY_MS) {
      this.#startedAt = now
      this.#reading = this.#read().finally(() => (this.#reading = undefined))
    }
    return this.#reading ?? Promise.resolve()
  }

  async #read(): Promise<void> {
    try {
      const readings = await readInvariants(this.#root.sql)
      for (const { name, violations, sample } of readings) {
        if (violations === null) continue
        this.#violations.set({ invariant: name }, violations)
        if (violations > 0) this.#log.error({ invariant: name, violations, sample }, 'an invariant of the books is violated')
      }
      this.#unread.set(readings.filter(({ violations }) => violations === null).length)
    } catch (error) {
      this.#log.warn({ error: String(error) }, 'the invariants were not read for the metrics')
    }
  }
}
