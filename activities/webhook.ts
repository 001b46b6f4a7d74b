import { eventBody } from '../domain/event-body.ts'
import { DOWN_AFTER, probeDelay } from '../domain/webhook-retry.ts'
import { placeEvents } from '../store/events/place-events.ts'
import { transaction } from '../store/unit/transaction.ts'
import { beginAttempt, endAttempt } from '../store/webhooks/attempts.ts'
import { collectEvents } from '../store/webhooks/collect-events.ts'
import { type DueDelivery, dueDeliveries, nextDueAt, probeDelivery } from '../store/webhooks/due-deliveries.ts'
import { endpointOfRun, type EndpointRow } from '../store/webhooks/endpoint-row.ts'
import { endPage } from '../store/webhooks/end-page.ts'
import { secretsInForce } from '../store/webhooks/secrets.ts'
import { withHeartbeat } from './heartbeat.ts'
import { laterOf, type Ports } from './ports.ts'

/** Calls under way at the same time to one endpoint, each about another bill. */
const CALLS_AT_ONCE = 8
const PAGE = 100
/** A page begins no call after this time, so that its run comes to look at what happened meanwhile. */
const PAGE_MS = 15_000
/** The last call of a page may take its whole time. */
const PAGE_LIMIT_MS = 60_000
/** While events come, the next ones are looked for so soon; where nothing comes, the sweep tells of them. */
const BUSY_MS = 2_000
const IDLE_MS = 5 * 60_000

export interface WebhookPage {
  /** False once the endpoint is disabled or deleted: nothing is sent there, and the run ends. */
  readonly enabled: boolean
  /** When to look again (milliseconds). */
  readonly lookAt: number
  readonly delivered: number
  readonly failed: number
  readonly down: boolean
}

export const webhookActivities = (ports: Ports) => ({
  /** Delivers what is due at an endpoint, in order within each bill, for up to a quarter of a minute. */
  deliverWebhooks: ({ endpointId, now }: { endpointId: string; now: number }): Promise<WebhookPage> =>
    withHeartbeat(PAGE_LIMIT_MS, async () => {
      const endpoint = await endpointOfRun(ports.sql, endpointId)
      if (endpoint?.state !== 'enabled') return { enabled: false, lookAt: now, delivered: 0, failed: 0, down: false }
      const page = new Page(ports, endpoint, () => laterOf(now, ports))
      await page.collect()
      await page.deliver()
      return page.end()
    }),
})

/** One look at an endpoint: what it takes from the feed, delivers, and finds out about the endpoint's health. */
class Page {
  readonly #ports: Ports
  readonly #endpoint: EndpointRow
  readonly #time: () => number
  readonly #probing: boolean
  #failures: number
  #delivered = 0
  #failed = 0
  #gone = false
  #more = false
  #lastError: { error: string; at: number } | null = null

  constructor(ports: Ports, endpoint: EndpointRow, time: () => number) {
    this.#ports = ports
    this.#endpoint = endpoint
    this.#time = time
    this.#failures = endpoint.failures
    this.#probing = endpoint.probe_at !== null
  }

  async collect(): Promise<void> {
    await placeEvents(this.#ports.sql)
    const until = this.#time() + PAGE_MS
    do this.#more = await transaction(this.#ports.sql, (tx) => collectEvents(tx, this.#endpoint.id, this.#time()))
    while (this.#more && this.#time() < until)
  }

  async deliver(): Promise<void> {
    const { id, probe_at: probeAt } = this.#endpoint
    const until = this.#time() + PAGE_MS
    if (probeAt !== null) {
      if (probeAt > this.#time()) return
      for (const probe of await probeDelivery(this.#ports.sql, id)) await this.#attempt(probe)
      if (this.#failed > 0) return
    }
    while (this.#time() < until && !this.#isDown() && !this.#gone) {
      const due = await dueDeliveries(this.#ports.sql, id, { now: this.#time(), limit: PAGE })
      if (due.length === 0) return
      const queue = [...due]
      const work = async (): Promise<void> => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
          if (this.#time() >= until || this.#isDown() || this.#gone) return
          await this.#attempt(next)
        }
      }
      await Promise.all(Array.from({ length: CALLS_AT_ONCE }, work))
    }
  }

  async #attempt(delivery: DueDelivery): Promise<void> {
    const { sql, postWebhook } = this.#ports
    const { id: endpointId, url, mode } = this.#endpoint
    const begun = await beginAttempt(sql, endpointId, delivery.id, this.#time())
    if (begun === null) return
    const secrets = await secretsInForce(sql, endpointId, this.#time())
    const result = await postWebhook({ url, mode, endpointId, eventId: delivery.id, body: eventBody(delivery), secrets })
    const at = this.#time()
    await transaction(sql, (tx) => endAttempt(tx, { ...begun, endpointId, eventId: delivery.id, subject: delivery.subject }, result, at))
    if (result.error === null) {
      this.#delivered++
      this.#failures = 0
      return
    }
    this.#failed++
    this.#gone ||= result.status === 410
    this.#lastError = { error: result.status === null ? result.error : `${result.error} ${result.status}`, at }
    // A second failure of the same event says nothing new of the endpoint: that event may be what it cannot take.
    if (begun.tries === 1) this.#failures++
  }

  #isDown(): boolean {
    return this.#failures >= DOWN_AFTER
  }

  async end(): Promise<WebhookPage> {
    const { id, probes: before, probe_at: probeAt } = this.#endpoint
    const now = this.#time()
    const cameBack = this.#probing && this.#delivered > 0
    const down = this.#isDown() || (this.#probing && !cameBack)
    const tried = this.#delivered + this.#failed > 0
    const probes = !down ? 0 : tried || !this.#probing ? (cameBack ? 1 : before + 1) : before
    const nextProbe = !down ? null : tried || probeAt === null ? now + probeDelay(probes) : probeAt
    const lookAt = nextProbe ?? (await this.#nextLook(now, cameBack))
    await transaction(this.#ports.sql, (tx) =>
      endPage(
        tx,
        id,
        {
          failures: this.#failures,
          probes,
          probeAt: nextProbe,
          lastError: this.#lastError,
          lastSuccessAt: this.#delivered > 0 ? now : null,
          gone: this.#gone,
          lookAt,
        },
        now,
      ),
    )
    return { enabled: !this.#gone, lookAt, delivered: this.#delivered, failed: this.#failed, down }
  }

  async #nextLook(now: number, cameBack: boolean): Promise<number> {
    if (cameBack || this.#more) return now
    const dueAt = await nextDueAt(this.#ports.sql, this.#endpoint.id)
    return Math.max(now, Math.min(dueAt ?? Infinity, now + (this.#delivered > 0 ? BUSY_MS : IDLE_MS)))
  }
}
