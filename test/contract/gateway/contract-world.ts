import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { money } from '../../../domain/money.ts'
import type { Gateway, RefundRequest, Session, SessionRequest } from '../../../domain/ports/gateway.ts'
import {
  GATEWAY_ABILITIES,
  type GatewayAbility,
  type GatewayContractDriver,
  type GatewayHarness,
  type GatewayHarnessModule,
  type JournalLine,
} from '../gateway-harness.ts'

const NO_TEST = Object.assign((): void => {}, { each: () => (): void => {} }) as unknown as typeof it

export const patience = (): AbortSignal => AbortSignal.timeout(20_000)

let counter = 0
export const newKey = (prefix: string): string => `${prefix}_contract_${(counter += 1)}`

interface Opened {
  readonly key: string
  readonly session: Session
}

/** One gateway with its counterpart, which start before the first test of the suite that makes this, and the ways to a state. */
export class GatewayContractWorld {
  #harness: GatewayHarness | undefined
  readonly #module: GatewayHarnessModule

  constructor(module: GatewayHarnessModule) {
    this.#module = module
    beforeAll(async () => {
      this.#harness = await module.startHarness()
    }, 60_000)
    afterAll(() => this.#harness?.stop())
  }

  get gateway(): Gateway {
    return this.#started.gateway
  }

  get driver(): GatewayContractDriver {
    return this.#started.driver
  }

  get #started(): GatewayHarness {
    if (this.#harness === undefined) throw new Error('The gateway is there from the first test on.')
    return this.#harness
  }

  readonly can = (ability: GatewayAbility): boolean => (this.#module.abilities ?? GATEWAY_ABILITIES).includes(ability)

  /** For what only some gateways offer: with the others there is no such test. */
  readonly itIf = (ability: GatewayAbility): typeof it => (this.can(ability) ? it : NO_TEST)

  /** How many webhooks tell of a payment that was authorized and captured. */
  get reports(): number {
    return this.can('reportsAuthorizations') ? 2 : 1
  }

  readonly sessionRequest = async (key: string, minor = 12_500n): Promise<SessionRequest> => ({
    key,
    amount: money(minor, 'KRW'),
    title: '수도 요금 2026년 10월 외 2건',
    language: 'ko',
    returnUrl: 'http://127.0.0.1:9/checkouts/return',
    expiresAt: (await this.driver.now()) + 600_000,
  })

  readonly open = async (minor?: bigint): Promise<Opened> => {
    const key = newKey('chk')
    return { key, session: await this.gateway.openSession(await this.sessionRequest(key, minor), patience()) }
  }

  readonly authorized = async (minor?: bigint): Promise<Opened> => {
    const opened = await this.open(minor)
    expect(await this.driver.authorize(opened.key, 'card')).toBe(true)
    return opened
  }

  readonly captured = async (minor?: bigint): Promise<Opened> => {
    const opened = await this.authorized(minor)
    expect(await this.gateway.capture(opened.key, patience())).toMatchObject({ status: 'captured' })
    return opened
  }

  readonly journalOf = async (key: string): Promise<JournalLine[]> => (await this.driver.journal()).filter((line) => line.key === key)

  /** For a call that is never answered: gives it up once the gateway reports its effect by a webhook. */
  readonly whenReported = (key: string, webhooks: number): AbortSignal => {
    const controller = new AbortController()
    this.driver.webhooks(key, webhooks).then(
      () => controller.abort(),
      (error: unknown) => controller.abort(error),
    )
    return controller.signal
  }

  readonly refundOf = (session: Session, minor: bigint, key = newKey('rfd')): RefundRequest => ({
    key,
    reference: session.reference,
    amount: money(minor, 'KRW'),
    reason: 'paid twice',
  })
}
