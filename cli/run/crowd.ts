import { setTimeout as delay } from 'node:timers/promises'
import { ApiRefusal, type Goji } from '../../client/index.ts'
import { type Duration, durationMs } from '../../domain/duration.ts'
import type { ChannelDriver, GatewayDriver } from '../../domain/ports/simulator.ts'
import { actOf, type Citizen, citizenOf, pays } from './citizens.ts'
import type { InstitutionAct, Mapping } from './mapping.ts'
import { payBills } from './pay.ts'
import { draw } from './random.ts'
import type { FileBill } from './read-row.ts'

/** A bill of the file that the engine has. */
export interface LoadedBill {
  readonly id: string
  readonly bill: FileBill
  /** The API in its institution's name. */
  readonly institution: Goji
  /** Resolves once the bill is issued. */
  readonly issued: Promise<void>
}

export interface CrowdOptions {
  readonly operator: Goji
  /** Where they pay. */
  readonly gateway: GatewayDriver
  /** Where they receive, by the channel's name. */
  readonly channels: ReadonlyMap<string, ChannelDriver>
  readonly mapping: Mapping
  readonly seed: number
  readonly signal: AbortSignal
}

/** Late payers come this long after the due date, or sooner where the bill would be handed back before. */
const LATE_MS = 8_000
const VERBS: Record<Exclude<InstitutionAct, 'leave'>, { path: '/v1/bills/{id}/cancel' | '/v1/bills/{id}/write-off'; reason: string }> = {
  cancel: { path: '/v1/bills/{id}/cancel', reason: 'Cancelled by the institution in the simulation' },
  writeOff: { path: '/v1/bills/{id}/write-off', reason: 'Forgiven by the institution in the simulation' },
}

/** The simulated citizens and institutions. What they do depends on the seed alone, when they do it also on the engine. */
export class Crowd {
  readonly #options: CrowdOptions
  readonly #lives: Promise<void>[] = []
  #payments = 0
  #refused = 0
  #opened = 0

  constructor(options: CrowdOptions) {
    this.#options = options
  }

  /** So far: payments made, payments that the engine took none of any more, notices opened. */
  get counts(): { readonly payments: number; readonly refused: number; readonly opened: number } {
    return { payments: this.#payments, refused: this.#refused, opened: this.#opened }
  }

  /** A citizen's bills were loaded: the citizen and the institutions do with them what they will. */
  receive(bills: readonly LoadedBill[]): void {
    const [first] = bills
    if (!first) return
    const { mapping, seed } = this.#options
    const citizen = citizenOf(first.bill.body.citizen.identifier, mapping, seed)
    const left = bills.filter(({ bill }) => actOf(bill, mapping, seed) === 'leave')
    this.#add(this.#live(citizen, first.bill, left))
    for (const one of bills) this.#add(this.#act(one))
  }

  /** Resolves when everybody has done what they will. @throws what the first of them failed with. */
  async done(): Promise<void> {
    await Promise.all(this.#lives)
  }

  #add(life: Promise<void>): void {
    // It is awaited at the end, when it may have failed long ago.
    life.catch(() => undefined)
    this.#lives.push(life)
  }

  async #live(citizen: Citizen, { body }: FileBill, bills: readonly LoadedBill[]): Promise<void> {
    const { signal } = this.#options
    await Promise.all(bills.map(({ issued }) => issued))
    if (citizen.behaviour === 'ignore' || bills.length === 0) return
    await delay(citizen.delayMs, undefined, { signal })
    await this.#open([...body.citizen.contacts, ...citizen.contacts])
    const payable = bills.filter(({ bill }) => bill.body.amount !== null)
    if (!pays(citizen) || payable.length === 0) return
    if (citizen.behaviour === 'payLate') await delay(Math.max(0, this.#lateAfter(payable) - citizen.delayMs), undefined, { signal })
    const payments = citizen.behaviour === 'payEach' ? payable.map(({ id }) => [id]) : [payable.map(({ id }) => id)]
    for (const ids of payments) {
      const outcome = await payBills(this.#options, citizen, ids, body.citizen.language)
      if (outcome === 'paid') this.#payments += 1
      else this.#refused += 1
    }
  }

  /** Opens what has arrived, where a simulator shows it; all others see their bills on the platform's own page. */
  async #open(contacts: readonly { readonly channel: string; readonly address: string }[]): Promise<void> {
    for (const { channel, address } of contacts) this.#opened += (await this.#options.channels.get(channel)?.open(address)) ?? 0
  }

  /** Milliseconds from issue until a late payer comes. */
  #lateAfter(bills: readonly LoadedBill[]): number {
    const times = bills.map(({ bill }) => {
      const policy = this.#options.mapping.policies[bill.body.policy]
      if (!policy) throw new Error(`The checked bill in row ${bill.row} has no policy.`)
      return durationMs(policy.due.after as Duration) + Math.min(LATE_MS, durationMs(policy.handBackAfter as Duration) / 3)
    })
    return Math.max(...times)
  }

  async #act({ id, bill, institution, issued }: LoadedBill): Promise<void> {
    const { mapping, seed, signal } = this.#options
    const act = actOf(bill, mapping, seed)
    if (act === 'leave') return
    await issued
    await delay(draw(seed, 'act delay', bill.institution.slug, bill.body.billNumber) * mapping.citizens.seconds[1] * 1000, undefined, {
      signal,
    })
    const { path, reason } = VERBS[act]
    try {
      await institution.post(path, { path: { id }, body: { reason } })
    } catch (error) {
      // A run that was stopped has done it before.
      if (!(error instanceof ApiRefusal) || !error.is('bill_closed')) throw error
    }
  }
}
