import { Counter, Gauge, type Registry } from 'prom-client'
import { errorWords } from '../error-words.ts'
import type { Logger } from '../log.ts'
import type { Root } from '../root.ts'
import { BACKLOGS } from '../../store/metrics/backlogs.ts'
import { type BooksFigures, readBooks } from '../../store/metrics/read-books.ts'

/** Scrapes that come sooner are told the same again: several Prometheus servers cost the database no more than one. */
const KEPT_MS = 5_000
/** Bookings are counted a minute late: no transaction takes that long and no clock is that far off, so none that commits late is missed. */
const LAG_MS = 60_000
/** Bookings of this stretch at most per reading: after a pause it catches up scrape by scrape. */
const STRETCH_MS = 10 * 60_000

const ageOf = (oldest: number | null, now: number): number => (oldest === null ? 0 : Math.max(0, (now - oldest) / 1000))

/**
 * Figures of the books, read when somebody scrapes. Each API process tells the same of them, so rules and panels take the
 * largest. What is money is told as a floating-point number, for graphs; the books themselves are exact.
 */
export class BooksMetrics {
  readonly #root: Pick<Root, 'sql' | 'clock' | 'adapters'>
  readonly #log: Logger
  #countedTo: number
  #readAt = -Infinity
  #reading: Promise<void> | undefined
  readonly #units: Counter
  readonly #bookings: Counter
  readonly #bills: Gauge
  readonly #sampled: Gauge
  readonly #items: Gauge
  readonly #ages: Gauge
  readonly #exceptions: Gauge
  readonly #exceptionAges: Gauge
  readonly #stopped: Gauge
  readonly #stoppedFor: Gauge
  readonly #readable: Gauge

  constructor(root: Pick<Root, 'sql' | 'clock' | 'adapters'>, log: Logger, register: Registry) {
    this.#root = root
    this.#log = log
    this.#countedTo = root.clock.now() - LAG_MS
    const gauge = (name: string, help: string, labelNames: string[] = []): Gauge =>
      new Gauge({ name, help, labelNames, registers: [register] })
    const counter = (name: string, help: string, labelNames: string[]): Counter =>
      new Counter({ name, help, labelNames, registers: [register] })
    const flow = 'captured; refunded; settled: brought by gateways’ settlement files; excess: the part of payments that no bill took.'
    this.#units = counter('goji_money_minor_units_total', `Money booked since this process began, a minute late. ${flow}`, [
      'flow',
      'currency',
    ])
    this.#bookings = counter('goji_money_bookings_total', `Bookings since this process began, a minute late. ${flow}`, ['flow', 'currency'])
    this.#bills = gauge('goji_bills', 'Bills by stage and status; of a large table an estimate from a sample.', ['stage', 'status'])
    this.#sampled = gauge('goji_bills_sampled_ratio', 'Part of the bills that goji_bills was counted from; 1 means that it is exact.')
    this.#items = gauge('goji_backlog_items', 'What should move and has not yet; counted up to 10,000.', ['backlog'])
    this.#ages = gauge('goji_backlog_oldest_age_seconds', 'How long the oldest of a backlog has waited; 0 where there is none.', [
      'backlog',
    ])
    this.#exceptions = gauge('goji_exceptions_open', 'What somebody has to look at; counted up to 10,000.', ['kind'])
    this.#exceptionAges = gauge('goji_exceptions_oldest_age_seconds', 'How long the oldest open exception of a kind has waited.', ['kind'])
    this.#stopped = gauge('goji_provider_stopped', '1 while an operator has stopped a channel or gateway.', ['kind', 'provider'])
    this.#stoppedFor = gauge('goji_provider_stopped_age_seconds', 'For how long a channel or gateway has been stopped; 0 while it runs.', [
      'kind',
      'provider',
    ])
    this.#readable = gauge(
      'goji_books_readable',
      '0 when the last reading of the books failed or took too long: the figures are older then.',
    )
  }

  /** Reads the books again, unless that was done a moment ago. Never fails: what cannot be read says so. */
  async refresh(): Promise<void> {
    const now = this.#root.clock.now()
    if (now - this.#readAt < KEPT_MS && this.#reading === undefined) return
    this.#reading ??= this.#read(now).finally(() => (this.#reading = undefined))
    await this.#reading
  }

  async #read(now: number): Promise<void> {
    const to = Math.max(this.#countedTo, Math.min(now - LAG_MS, this.#countedTo + STRETCH_MS))
    try {
      this.#show(await readBooks(this.#root.sql, now, { from: this.#countedTo, to }), now)
      this.#countedTo = to
      this.#readable.set(1)
    } catch (error) {
      this.#readable.set(0)
      this.#log.warn(errorWords(error), 'the books were not read for the metrics')
    }
    this.#readAt = now
  }

  #show({ sampled, stages, backlogs, exceptions, flows, stops }: BooksFigures, now: number): void {
    for (const { flow, currency, bookings, units } of flows) {
      this.#units.inc({ flow, currency }, Number(units))
      this.#bookings.inc({ flow, currency }, bookings)
    }
    this.#sampled.set(sampled)
    this.#bills.reset()
    for (const { stage, status, bills } of stages) this.#bills.set({ stage, status }, bills)
    for (const backlog of BACKLOGS) {
      const found = backlogs.find(({ name }) => name === backlog)
      this.#items.set({ backlog }, found?.items ?? 0)
      this.#ages.set({ backlog }, ageOf(found?.oldest ?? null, now))
    }
    this.#exceptions.reset()
    this.#exceptionAges.reset()
    for (const { kind, items, oldest } of exceptions) {
      this.#exceptions.set({ kind }, items)
      this.#exceptionAges.set({ kind }, ageOf(oldest, now))
    }
    const { channelNames, gatewayNames } = this.#root.adapters
    for (const provider of channelNames) this.#showStop('channel', provider, stops, now)
    for (const provider of gatewayNames) this.#showStop('gateway', provider, stops, now)
  }

  #showStop(kind: 'channel' | 'gateway', provider: string, stops: BooksFigures['stops'], now: number): void {
    const stop = stops.find((one) => one.kind === kind && one.name === provider && one.stopped)
    this.#stopped.set({ kind, provider }, stop === undefined ? 0 : 1)
    this.#stoppedFor.set({ kind, provider }, ageOf(stop?.changed_at ?? null, now))
  }
}
