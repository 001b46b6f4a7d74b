import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { systemClock } from '../../composition/clock.ts'
import type { Answered, LoadJournal } from './journal.ts'

export interface Order {
  /** The kind of order, for the journal. */
  readonly what: string
  readonly path: string
  readonly body: unknown
  readonly billNumber?: string
  readonly mustBeRefused?: true
  /** Sent once more after it was acknowledged, under the same key: the answer has to be the same. */
  readonly repeat?: boolean
  /** Codes that state may bring about (409): any other refusal is a finding. Left out, any refusal is an answer. */
  readonly expects?: readonly string[]
}

export interface Reply {
  readonly outcome: Answered['outcome']
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

const REQUEST_MS = 20_000
const PATIENCE_MS = 30_000
const WAIT_MS = [200, 400, 800, 1_500, 3_000]
const AGAIN = new Set([429, 500, 502, 503, 504, 408])

/** Sends orders as a careful client does: under one key until somebody answers, each first written into the journal. */
export class Caller {
  readonly #urls: readonly string[]
  readonly #journal: LoadJournal
  readonly counts = { acknowledged: 0, refused: 0, unknown: 0, unanswered: 0 }
  #turn = 0

  constructor(urls: readonly string[], journal: LoadJournal) {
    this.#urls = urls
    this.#journal = journal
  }

  async order(apiKey: string, order: Order): Promise<Reply> {
    const text = JSON.stringify(order.body)
    const key = randomUUID()
    const { what, path, billNumber, mustBeRefused } = order
    const n = this.#journal.ask({
      at: systemClock.now(),
      what,
      key,
      path,
      sha256: createHash('sha256').update(text).digest('hex'),
      ...(billNumber === undefined ? {} : { billNumber }),
      ...(mustBeRefused === undefined ? {} : { mustBeRefused }),
    })
    const reply = await this.#insist(n, apiKey, path, key, text)
    const ids = idsOf(reply.body)
    const code = reply.body['code']
    this.counts[reply.outcome] += 1
    this.#journal.answer({
      n,
      at: systemClock.now(),
      outcome: reply.outcome,
      status: reply.status,
      ids,
      attempts: reply.attempts,
      ...(typeof code === 'string' ? { code } : {}),
    })
    if (reply.outcome === 'refused' && order.expects !== undefined && !order.expects.includes(String(code)))
      this.#note(n, 'unexpectedRefusal', `${what} was refused with ${reply.status} ${String(code)}`)
    if (order.repeat === true && reply.outcome === 'acknowledged') {
      const again = await this.#insist(n, apiKey, path, key, text)
      const same = again.outcome === 'unknown' || (again.outcome === 'acknowledged' && idsOf(again.body).join() === ids.join())
      if (!same)
        this.#note(
          n,
          'differs',
          `${what} was answered ${reply.status} ${ids.join()}, and under the same key ${again.status} ${idsOf(again.body).join()}`,
        )
    }
    return reply
  }

  /** Null where nobody answers well: whoever reads asks again. */
  async read(apiKey: string, path: string): Promise<Readonly<Record<string, unknown>> | null> {
    const answer = await this.#send(apiKey, path, {})
    return answer !== null && answer.status === 200 ? answer.body : null
  }

  noteSecondRefund(says: string): void {
    this.#note(0, 'secondRefund', says)
  }

  async #insist(n: number, apiKey: string, path: string, key: string, text: string): Promise<Reply & { attempts: number }> {
    const until = systemClock.now() + PATIENCE_MS
    for (let attempts = 1; ; attempts += 1) {
      const answer = await this.#send(apiKey, path, { method: 'POST', key, text })
      if (answer === null) this.counts.unanswered += 1
      if (answer?.status === 500) this.#note(n, 'internalError', `${path} was answered 500 (request ${String(answer.body['requestId'])})`)
      if (answer?.status === 401) this.#note(n, 'notAuthorized', `${path} was answered 401 under a key in force`)
      if (answer !== null && !AGAIN.has(answer.status)) {
        const outcome = answer.status < 300 ? ('acknowledged' as const) : ('refused' as const)
        return { ...answer, outcome, attempts }
      }
      if (systemClock.now() > until) return { outcome: 'unknown', status: answer?.status ?? 0, body: {}, attempts }
      await delay(WAIT_MS[Math.min(attempts, WAIT_MS.length) - 1])
    }
  }

  /** Null where no whole answer came. */
  async #send(
    apiKey: string,
    path: string,
    { method = 'GET', key, text }: { method?: string; key?: string; text?: string },
  ): Promise<{ status: number; body: Readonly<Record<string, unknown>> } | null> {
    const url = this.#urls[(this.#turn += 1) % this.#urls.length] ?? ''
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${apiKey}`,
          ...(text === undefined ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        body: text ?? null,
        signal: AbortSignal.timeout(REQUEST_MS),
      })
      return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> }
    } catch {
      return null
    }
  }

  #note(n: number, note: Parameters<LoadJournal['note']>[0]['note'], says: string): void {
    this.#journal.note({ at: systemClock.now(), note, n, says })
  }
}

/** Ids of what an answer is about: one thing, or a list. */
function idsOf(body: Readonly<Record<string, unknown>>): string[] {
  const things = Array.isArray(body['data']) ? (body['data'] as { id?: unknown }[]) : [body as { id?: unknown }]
  return things.flatMap(({ id }) => (typeof id === 'string' ? [id] : []))
}
