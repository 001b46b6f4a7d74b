import { setMaxListeners } from 'node:events'
import { Dice } from '../dice.ts'
import { pause } from '../pause.ts'
import type { ChaosStack } from '../stack/stack.ts'
import { type LoadedBill, billUntil, seeBill } from './bill.ts'
import type { Caller } from './caller.ts'
import { Citizen, type Manner } from './citizen.ts'
import { type Act, act, breakARule, refundAtOnce, resume } from './clerk.ts'
import type { Institution } from './institution.ts'
import { MAIL } from './policy.ts'
import { Settlements } from './settlements.ts'
import { pick } from '../../cli/run/random.ts'

export interface LoadParts {
  readonly stack: ChaosStack
  readonly caller: Caller
  readonly institutions: readonly Institution[]
  readonly platformKey: string
  readonly seed: number
  readonly unitMs: number
  /** Citizens that come in a second. */
  readonly rate: number
}

const MANNERS: Record<Manner, number> = { once: 8, twoTabs: 2, payAndCancel: 2, atTheLastMoment: 2, declinedFirst: 1, not: 3 }
const ACTS: Record<Act, number> = { leave: 14, cancel: 2, pause: 2, amend: 2, writeOff: 1 }
const REFUNDED = 0.2
const LAST_ATTEMPTS = 5
/** People at it at the same time. */
const LIVES_MAX = 24

/** Institutions, citizens and an operator who do with the engine what such people do, and write down what they were told. */
export class Load {
  readonly settlements: Settlements
  readonly counts = { bills: 0, paid: 0, refunds: 0, crowds: 0 }
  /** Above zero while no bill may be paused: by a clock that is wrong a pause lasts longer than any run. */
  pausesForbidden = 0
  readonly #parts: LoadParts
  readonly #ended = new AbortController()
  readonly #lives = new Set<Promise<unknown>>()
  /** Paid, and nobody has asked for the money back. */
  readonly #refundable: LoadedBill[] = []
  /** Institutions may have paused these. */
  readonly #paused = new Set<LoadedBill>()
  #citizens = 0
  #wrong = 0

  constructor(parts: LoadParts) {
    this.#parts = parts
    const { stack, caller, platformKey, seed } = parts
    // Everybody who waits listens for the end.
    setMaxListeners(0, this.#ended.signal)
    const { name: gateway, driver } = stack.gateway
    this.settlements = new Settlements({ gateway, driver, caller, platformKey, dice: new Dice(seed, 'settlements') })
  }

  /** Goes on until `end`. */
  start(): void {
    for (const life of [this.#arrivals(), this.#mistakes(), this.#settling()]) void this.#add(life)
  }

  /** Resolves once somebody has paid, or after so many milliseconds: before that a fault would meet nobody. */
  async warm(ms: number): Promise<void> {
    const until = Date.now() + ms
    while (this.counts.paid === 0 && Date.now() < until) await this.#pause(500)
  }

  /** Nobody new comes, and whoever is at it stops. Resolves once nothing is under way. */
  async end(): Promise<void> {
    this.#ended.abort()
    while (this.#lives.size > 0) await Promise.allSettled([...this.#lives])
    for (const bill of this.#paused) for (let attempt = 0; attempt < LAST_ATTEMPTS && !(await resume(bill)); attempt += 1);
  }

  /** So many citizens at once who all pay in this manner. `counts.crowds` tells how many came so far as to pay. */
  crowd(manner: Manner, count: number): void {
    for (let index = 0; index < count; index += 1) void this.#add(this.#live(manner, 'leave', () => void (this.counts.crowds += 1)))
  }

  /** Gives paid bills back, each by so many clerks at once. Answers how many bills there were to do it with. */
  async refundCrowd(bills: number, clerks: number): Promise<number> {
    const chosen = this.#refundable.splice(0, bills)
    const done = await Promise.all(chosen.map((bill) => this.#add(this.#refund(bill, clerks))))
    return done.filter((had) => had).length
  }

  async #arrivals(): Promise<void> {
    const { rate, seed } = this.#parts
    const dice = new Dice(seed, 'arrivals')
    while (!this.#ended.signal.aborted) {
      // On a machine that does not keep up, more people would only wait longer.
      if (this.#lives.size < LIVES_MAX) void this.#add(this.#live(pick(MANNERS, dice.next()), pick(ACTS, dice.next())))
      await this.#pause(((0.5 + dice.next()) * 1000) / rate)
    }
  }

  async #live(manner: Manner, doing: Act, onPay = (): void => undefined): Promise<void> {
    const { seed, stack, caller, platformKey, institutions, unitMs } = this.#parts
    const name = `citizen-${seed}-${(this.#citizens += 1)}`
    const dice = new Dice(seed, name)
    const contacts = dice.happens(0.7) ? [{ channel: MAIL, address: `${name}@chaos.example` }] : []
    const bills: LoadedBill[] = []
    for (let index = dice.whole(1, 4); index > 0 && !this.#ended.signal.aborted; index -= 1) {
      const bill = await this.#issue(dice.one(institutions), dice, `${name}-${index}`, { identifier: name, language: 'ko', contacts })
      if (bill !== null) bills.push(bill)
    }
    if (bills.length === 0) return
    const { signal } = this.#ended
    const does = doing === 'pause' && this.pausesForbidden > 0 ? 'leave' : doing
    const acts = bills.slice(0, 1).map((bill) => act(does, bill, dice, unitMs, this.#paused))
    for (const bill of bills) await billUntil(bill, ({ status }) => status !== 'received', 6 * unitMs, signal)
    await this.#pause(dice.whole(0, unitMs))
    const citizen = new Citizen({ gateway: stack.gateway.driver, caller, platformKey, dice, signal })
    onPay()
    const paid = await citizen.pay(bills, manner)
    await Promise.all(acts)
    if (!paid) return
    this.counts.paid += 1
    for (const bill of bills) {
      const seen = await billUntil(bill, ({ status }) => status === 'paid' || status === 'settled', 4 * unitMs, signal)
      if (seen !== null) this.#refundable.push(bill)
    }
    const [bill] = bills
    if (bill !== undefined && dice.happens(REFUNDED) && this.#takeRefundable(bill)) await this.#refund(bill, 2)
  }

  async #issue(institution: Institution, dice: Dice, billNumber: string, citizen: object): Promise<LoadedBill | null> {
    const won = dice.whole(1, 300) * 1_000
    const body = { billNumber, policy: 'chaos', title: 'Vehicle tax', amount: { amount: String(won), currency: 'KRW' }, citizen }
    const repeat = dice.happens(0.15)
    const { outcome, body: made } = await institution.order({
      what: 'createBill',
      path: '/v1/bills',
      body,
      billNumber,
      repeat,
      expects: [],
    })
    if (outcome !== 'acknowledged') return null
    this.counts.bills += 1
    return { id: String(made['id']), institution, won }
  }

  async #refund(bill: LoadedBill, clerks: number): Promise<boolean> {
    const seen = await seeBill(bill)
    if (seen === null || seen.kept === '0') return false
    if (await refundAtOnce(bill, seen.kept, this.#parts.caller, clerks)) this.counts.refunds += 1
    return true
  }

  #takeRefundable(bill: LoadedBill): boolean {
    const at = this.#refundable.indexOf(bill)
    if (at >= 0) this.#refundable.splice(at, 1)
    return at >= 0
  }

  async #mistakes(): Promise<void> {
    const { seed, institutions, unitMs } = this.#parts
    const dice = new Dice(seed, 'mistakes')
    const good = {
      policy: 'chaos',
      title: 'x',
      amount: { amount: '1000', currency: 'KRW' },
      citizen: { identifier: 'nobody', language: 'ko', contacts: [] },
    }
    while (!this.#ended.signal.aborted) {
      await breakARule(dice.one(institutions), dice, `wrong-${seed}-${(this.#wrong += 1)}`, good)
      await this.#pause(unitMs / 2)
    }
  }

  async #settling(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      await this.#pause(2 * this.#parts.unitMs)
      await this.settlements.handIn()
    }
  }

  #pause(ms: number): Promise<void> {
    return pause(ms, this.#ended.signal)
  }

  #add<T>(life: Promise<T>): Promise<T> {
    this.#lives.add(life)
    life.catch(() => undefined).finally(() => this.#lives.delete(life))
    return life
  }
}
