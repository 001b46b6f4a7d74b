import { existsSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { GojiError, ProviderError } from '../../domain/errors.ts'
import { money } from '../../domain/money.ts'
import type { Gateway, PaymentReport, RefundRequest, Session, SessionRequest } from '../../domain/ports/gateway.ts'
import {
  GATEWAY_ABILITIES,
  type GatewayAbility,
  type GatewayContractDriver,
  type GatewayHarness,
  type GatewayHarnessModule,
  type JournalLine,
} from './gateway-harness.ts'

/**
 * The promises of the gateway port, kept by every folder under `adapters/gateways`. Each is checked against the gateway's
 * own journal where money is concerned: what an adapter says of itself proves nothing.
 */
const FOLDER = new URL('../../adapters/gateways/', import.meta.url)
const names = readdirSync(FOLDER).filter((name) => existsSync(new URL(`${name}/index.ts`, FOLDER)))
const modules: { name: string; module: GatewayHarnessModule }[] = []
for (const name of names) modules.push({ name, module: (await import(new URL(`${name}/harness.ts`, FOLDER).href)) as GatewayHarnessModule })

const NO_TEST = Object.assign((): void => {}, { each: () => (): void => {} }) as unknown as typeof it

const patience = (): AbortSignal => AbortSignal.timeout(20_000)

let counter = 0
const newKey = (prefix: string): string => `${prefix}_contract_${(counter += 1)}`

async function failure(call: Promise<unknown>): Promise<ProviderError> {
  const error = await call.then(
    (value) => {
      throw new Error(`Expected a ProviderError, got ${String(value)}.`)
    },
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ProviderError)
  return error as ProviderError
}

function refusal(act: () => unknown): GojiError {
  try {
    act()
  } catch (error) {
    expect(error).toBeInstanceOf(GojiError)
    return error as GojiError
  }
  throw new Error('Expected a GojiError.')
}

describe.each(modules.filter(({ module }) => module.onlyInstructs !== true))('the gateway $name', ({ name, module }) => {
  let harness: GatewayHarness
  let gateway: Gateway
  let driver: GatewayContractDriver
  const can = (ability: GatewayAbility): boolean => (module.abilities ?? GATEWAY_ABILITIES).includes(ability)
  /** For what only some gateways offer: with the others there is no such test. */
  const itIf = (ability: GatewayAbility): typeof it => (can(ability) ? it : NO_TEST)
  /** Of a payment that was authorized and captured. */
  const reports = can('reportsAuthorizations') ? 2 : 1

  beforeAll(async () => {
    harness = await module.startHarness()
    gateway = harness.gateway
    driver = harness.driver
  }, 60_000)

  afterAll(() => harness.stop())

  const sessionRequest = async (key: string, minor = 12_500n): Promise<SessionRequest> => ({
    key,
    amount: money(minor, 'KRW'),
    title: '수도 요금 2026년 10월 외 2건',
    language: 'ko',
    returnUrl: 'http://127.0.0.1:9/checkouts/return',
    expiresAt: (await driver.now()) + 600_000,
  })

  const open = async (minor?: bigint): Promise<{ key: string; session: Session }> => {
    const key = newKey('chk')
    return { key, session: await gateway.openSession(await sessionRequest(key, minor), patience()) }
  }

  const authorized = async (minor?: bigint): Promise<{ key: string; session: Session }> => {
    const opened = await open(minor)
    expect(await driver.authorize(opened.key, 'card')).toBe(true)
    return opened
  }

  const captured = async (minor?: bigint): Promise<{ key: string; session: Session }> => {
    const opened = await authorized(minor)
    expect(await gateway.capture(opened.key, patience())).toMatchObject({ status: 'captured' })
    return opened
  }

  const journalOf = async (key: string): Promise<JournalLine[]> => (await driver.journal()).filter((line) => line.key === key)

  /** For a call that is never answered: gives it up once the gateway reports its effect by a webhook. */
  const whenReported = (key: string, webhooks: number): AbortSignal => {
    const controller = new AbortController()
    driver.webhooks(key, webhooks).then(
      () => controller.abort(),
      (error: unknown) => controller.abort(error),
    )
    return controller.signal
  }

  const refundOf = (session: Session, minor: bigint, key = newKey('rfd')): RefundRequest => ({
    key,
    reference: session.reference,
    amount: money(minor, 'KRW'),
    reason: 'paid twice',
  })

  it('bears the name of its folder and says how capture and refund may be repeated', () => {
    expect(gateway.name).toBe(name)
    expect(['idempotent', 'queryable']).toContain(gateway.repeat.capture)
    expect(['idempotent', 'queryable']).toContain(gateway.repeat.refund)
  })

  describe('a session', () => {
    it('has a page at an http address, and the same key returns the same session', async () => {
      const request = await sessionRequest(newKey('chk'))
      const first = await gateway.openSession(request, patience())
      expect(new URL(first.url).protocol).toMatch(/^https?:$/)
      expect(await gateway.openSession(request, patience())).toEqual(first)
      expect(await Promise.all([1, 2, 3].map(() => gateway.openSession(request, patience())))).toEqual([first, first, first])
    })

    itIf('fixesAmounts')('is refused under a key that stands for another amount', async () => {
      const request = await sessionRequest(newKey('chk'))
      await gateway.openSession(request, patience())
      const error = await failure(gateway.openSession({ ...request, amount: money(12_501n, 'KRW') }, patience()))
      expect(error.kind).toBe('permanent')
    })

    it('is pending before the citizen pays, and also under a key that the gateway does not know', async () => {
      const { key } = await open()
      expect(await gateway.payment(key, patience())).toEqual({ status: 'pending' })
      expect(await gateway.payment(newKey('chk'), patience())).toEqual({ status: 'pending' })
    })

    it('is authorized when the citizen has paid, declined when the last attempt was', async () => {
      const { key } = await authorized()
      expect(await gateway.payment(key, patience())).toMatchObject({ status: can('authorizes') ? 'authorized' : 'captured' })
      const { key: other } = await open()
      await driver.decline(other)
      expect(await gateway.payment(other, patience())).toEqual({ status: 'declined', code: expect.stringMatching(/^[a-z0-9_]+$/) })
      expect(await driver.authorize(other, 'card')).toBe(false)
    })

    itIf('expiresSessions')('takes no payment after its expiry', async () => {
      const { key } = await open()
      await driver.advance(600_000)
      expect(await driver.authorize(key, 'card')).toBe(false)
      expect(await gateway.payment(key, patience())).toEqual({ status: 'expired' })
      expect(await gateway.capture(key, patience())).toEqual({ status: 'expired' })
    })

    it('may be asked for again where the answer was lost', async () => {
      for (const fault of ['errorAfterEffect', 'brokenBody', 'drop'] as const) {
        const request = await sessionRequest(newKey('chk'))
        await driver.fault(request.key, 'openSession', fault)
        expect(['temporary', 'unknown']).toContain((await failure(gateway.openSession(request, patience()))).kind)
        expect(await gateway.openSession(request, patience())).toMatchObject({ reference: expect.any(String) })
      }
    })

    itIf('fixesAmounts')('is not offered to a citizen when the gateway made it for another amount', async () => {
      const request = await sessionRequest(newKey('chk'))
      await driver.fault(request.key, 'openSession', 'wrongAmount')
      expect((await failure(gateway.openSession(request, patience()))).kind).toBe('technical')
    })
  })

  describe('a capture', () => {
    it.each(['card', 'simplePay', 'bankAccount'] as const)(
      'takes exactly the amount, and tells when and that it was paid by %s',
      async (method) => {
        const { key, session } = await open(98_765n)
        const before = await driver.now()
        await driver.authorize(key, method)
        const report = await gateway.capture(key, patience())
        expect(report).toEqual({ status: 'captured', amount: money(98_765n, 'KRW'), method, paidAt: expect.any(Number) })
        const { paidAt } = report as Extract<PaymentReport, { status: 'captured' }>
        expect(paidAt).toBeGreaterThanOrEqual(before)
        expect(paidAt).toBeLessThanOrEqual(await driver.now())
        expect(await gateway.payment(key, patience())).toEqual(report)
        expect(await journalOf(key)).toEqual([{ op: 'capture', key, reference: session.reference, minor: 98_765n, currency: 'KRW' }])
      },
    )

    it('happens once, repeated or in parallel', async () => {
      const { key } = await authorized()
      const reports = await Promise.all([1, 2, 3, 4].map(() => gateway.capture(key, patience())))
      expect(new Set(reports.map((report) => report.status))).toEqual(new Set(['captured']))
      expect(await gateway.capture(key, patience())).toEqual(reports[0])
      expect(await journalOf(key)).toHaveLength(1)
    })

    it('tells the state where there is nothing to take', async () => {
      const { key } = await open()
      expect(await gateway.capture(key, patience())).toEqual({ status: 'pending' })
      expect(await gateway.capture(newKey('chk'), patience())).toEqual({ status: 'pending' })
      expect(await journalOf(key)).toEqual([])
    })

    itIf('authorizes')('may still be declined by the issuer', async () => {
      const { key } = await authorized()
      await driver.fault(key, 'capture', 'decline')
      expect(await gateway.capture(key, patience())).toMatchObject({ status: 'declined' })
      expect(await gateway.payment(key, patience())).toMatchObject({ status: 'declined' })
      expect(await journalOf(key)).toEqual([])
    })

    itIf('authorizes').each(['hangAfterEffect', 'errorAfterEffect', 'drop', 'brokenBody'] as const)(
      'is of unknown outcome after %s, and asking tells that it happened',
      async (fault) => {
        const { key } = await authorized()
        await driver.fault(key, 'capture', fault)
        const signal = fault === 'hangAfterEffect' ? whenReported(key, reports) : patience()
        expect((await failure(gateway.capture(key, signal))).kind).toBe('unknown')
        expect(await gateway.payment(key, patience())).toMatchObject({ status: 'captured' })
        expect(await gateway.capture(key, patience())).toMatchObject({ status: 'captured' })
        expect(await journalOf(key)).toHaveLength(1)
      },
    )

    itIf('authorizes').each(['errorBefore', 'htmlError'] as const)(
      'is of unknown outcome after %s, and asking tells that it did not happen',
      async (fault) => {
        const { key } = await authorized()
        await driver.fault(key, 'capture', fault)
        expect((await failure(gateway.capture(key, patience()))).kind).toBe('unknown')
        expect(await gateway.payment(key, patience())).toEqual({ status: 'authorized' })
        expect(await journalOf(key)).toEqual([])
      },
    )

    it('of another amount is reported as it is, so that the books can refuse it', async () => {
      const { key } = await authorized(12_500n)
      await driver.fault(key, 'capture', 'wrongAmount')
      const report = await gateway.capture(key, patience())
      expect(report).toMatchObject({ status: 'captured' })
      expect((report as Extract<PaymentReport, { status: 'captured' }>).amount).not.toEqual(money(12_500n, 'KRW'))
    })
  })

  describe('cancelling', () => {
    itIf('endsSessions')('ends an open session, so that nothing can be paid on it', async () => {
      const { key } = await open()
      expect(await gateway.cancel(key, patience())).toEqual({ status: 'cancelled' })
      expect(await gateway.cancel(key, patience())).toEqual({ status: 'cancelled' })
      expect(await driver.authorize(key, 'card')).toBe(false)
      expect(await gateway.payment(key, patience())).toEqual({ status: 'cancelled' })
    })

    itIf('endsSessions')('releases an authorization, or tells that it could not', async () => {
      const { key } = await authorized()
      const report = await gateway.cancel(key, patience())
      expect(await gateway.payment(key, patience())).toEqual(report)
      expect(await gateway.capture(key, patience())).toEqual(report)
      expect(await journalOf(key)).toHaveLength(report.status === 'captured' ? 1 : 0)
    })

    if (!can('endsSessions')) {
      it('a session that cannot be ended tells what is known of it, and takes no money', async () => {
        const { key } = await open()
        expect(await gateway.cancel(key, patience())).toEqual({ status: 'pending' })
        expect(await gateway.cancel(newKey('chk'), patience())).toEqual({ status: 'pending' })
        expect(await journalOf(key)).toEqual([])
        expect(await driver.authorize(key, 'card')).toBe(true)
        expect(await gateway.cancel(key, patience())).toMatchObject({ status: can('authorizes') ? 'authorized' : 'captured' })
        expect(await journalOf(key)).toHaveLength(can('authorizes') ? 0 : 1)
      })
    }

    it('tells of the money that was already taken', async () => {
      const { key } = await captured()
      expect(await gateway.cancel(key, patience())).toMatchObject({ status: 'captured', amount: money(12_500n, 'KRW') })
      expect(await gateway.payment(key, patience())).toMatchObject({ status: 'captured' })
    })

    itIf('endsSessions')('also bars a key whose session was still on its way', async () => {
      const request = await sessionRequest(newKey('chk'))
      expect(await gateway.cancel(request.key, patience())).toEqual({ status: 'cancelled' })
      await failure(gateway.openSession(request, patience()))
      expect(await driver.authorize(request.key, 'card')).toBe(false)
      expect(await gateway.payment(request.key, patience())).toEqual({ status: 'cancelled' })
    })

    itIf('endsSessions')('and paying at the same moment end in one truth', async () => {
      for (let round = 0; round < 10; round += 1) {
        const { key } = await open()
        const [paid, report] = await Promise.all([driver.authorize(key, 'card'), gateway.cancel(key, patience())])
        expect(await gateway.payment(key, patience())).toEqual(report)
        expect([report.status, paid]).toEqual(['cancelled', expect.any(Boolean)])
      }
    })
  })

  describe('a payment that somebody claims back', () => {
    itIf('reportsClaims')('is told when asked, and tells of it by a webhook', async () => {
      const { key } = await captured(10_000n)
      await driver.claim?.(key, 'disputed')
      const report = await gateway.payment(key, patience())
      expect(report).toMatchObject({
        status: 'captured',
        claimedBack: { state: 'disputed', reference: expect.any(String), at: expect.any(Number) },
      })
      await driver.claim?.(key, 'won')
      expect(await gateway.payment(key, patience())).not.toHaveProperty('claimedBack')
      await driver.claim?.(key, 'reversed')
      expect(await gateway.payment(key, patience())).toMatchObject({ claimedBack: { state: 'reversed' } })
      const notices = await driver.webhooks(key, reports + 3)
      for (const { headers, body } of notices)
        expect(gateway.translate(headers, body, await driver.now())).toMatchObject({ subject: 'payment', key })
    })

    itIf('reportsClaims')('stands in the settlement with its way back under the reference that was told', async () => {
      const { key } = await captured(10_000n)
      await driver.claim?.(key, 'returned')
      const report = await gateway.payment(key, patience())
      const reference = report.status === 'captured' ? report.claimedBack?.reference : undefined
      const files = await Promise.all((await driver.settle()).map((file) => gateway.settlementFile(file, patience())))
      const lines = files.flatMap((text) => gateway.parseSettlement(text).lines)
      expect(lines.filter((line) => line.reference === reference)).toMatchObject([{ kind: 'refund', gross: money(-10_000n, 'KRW') }])
    })
  })

  describe('a refund', () => {
    it('happens once for a key, in parts up to what was captured', async () => {
      const { session } = await captured(10_000n)
      const request = refundOf(session, 4_000n)
      const report = await gateway.refund(request, patience())
      expect(report).toEqual({ status: 'succeeded', reference: expect.any(String), refundedAt: expect.any(Number) })
      expect(await gateway.refund(request, patience())).toEqual(report)
      expect(await gateway.refundReport(request.key, patience(), request.reference)).toEqual(report)
      expect(await journalOf(request.key)).toMatchObject([{ op: 'refund', minor: 4_000n, currency: 'KRW' }])
      expect(await gateway.refund(refundOf(session, 6_000n), patience())).toMatchObject({ status: 'succeeded' })
    })

    it('under a key that stands for another amount is refused', async () => {
      const { session } = await captured(10_000n)
      const request = refundOf(session, 4_000n)
      await gateway.refund(request, patience())
      expect((await failure(gateway.refund({ ...request, amount: money(4_001n, 'KRW') }, patience()))).kind).toBe('permanent')
      expect(await journalOf(request.key)).toHaveLength(1)
    })

    it('is unknown under a key that the gateway does not know', async () => {
      const { session } = await captured()
      expect(await gateway.refundReport(newKey('rfd'), patience(), session.reference)).toEqual({ status: 'unknown' })
    })

    it('never takes the sum over what was captured, twenty in parallel', async () => {
      const { session } = await captured(10_000n)
      const requests = Array.from({ length: 20 }, () => refundOf(session, 3_000n))
      const outcomes = await Promise.allSettled(requests.map((request) => gateway.refund(request, patience())))
      expect(outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value.status === 'succeeded')).toHaveLength(3)
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ name: 'ProviderError', kind: 'permanent' })
      }
      const keys = new Set(requests.map((request) => request.key))
      expect((await driver.journal()).filter((line) => keys.has(line.key))).toHaveLength(3)
    })

    it('that is still running counts, and ends later', async () => {
      const { session } = await captured(10_000n)
      const running = refundOf(session, 8_000n)
      await driver.fault(running.key, 'refund', 'late')
      expect(await gateway.refund(running, patience())).toEqual({ status: 'pending' })
      expect(await gateway.refundReport(running.key, patience(), running.reference)).toEqual({ status: 'pending' })
      expect((await failure(gateway.refund(refundOf(session, 2_001n), patience()))).kind).toBe('permanent')
      await driver.advance(60_000)
      expect(await gateway.refundReport(running.key, patience(), running.reference)).toMatchObject({ status: 'succeeded' })
      expect(await gateway.refund(running, patience())).toMatchObject({ status: 'succeeded' })
      expect(await journalOf(running.key)).toHaveLength(1)
    })

    it('that failed gives its amount free again', async () => {
      const { session } = await captured(10_000n)
      const failing = refundOf(session, 10_000n)
      await driver.fault(failing.key, 'refund', 'decline')
      expect(await gateway.refund(failing, patience())).toEqual({ status: 'failed', code: expect.stringMatching(/^[a-z0-9_]+$/) })
      expect(await gateway.refundReport(failing.key, patience(), failing.reference)).toMatchObject({ status: 'failed' })
      expect(await gateway.refund(refundOf(session, 10_000n), patience())).toMatchObject({ status: 'succeeded' })
    })

    itIf('refundsToAccounts')('goes to an account that the citizen names, once', async () => {
      expect(gateway.refundsToAccounts).toBe(true)
      const { session } = await captured(10_000n)
      const account = { bank: 'Sample Bank', number: '110-123-456789', holder: '김하늘' }
      const request = { ...refundOf(session, 4_000n), account }
      const report = await gateway.refund(request, patience())
      expect(report).toMatchObject({ status: 'succeeded' })
      expect(await gateway.refund(request, patience())).toEqual(report)
      expect((await failure(gateway.refund({ ...request, account: { ...account, number: '999-9' } }, patience()))).kind).toBe('permanent')
      expect(await journalOf(request.key)).toHaveLength(1)
    })

    it('of a payment that was not captured, or is not known, is refused', async () => {
      const { session } = can('authorizes') ? await authorized() : await open()
      for (const refused of [session, { ...session, reference: 'pay_nobody' }]) {
        expect((await failure(gateway.refund(refundOf(refused, 1n), patience()))).kind).toBe('permanent')
      }
    })

    it.each(['hangAfterEffect', 'errorAfterEffect', 'drop', 'brokenBody', 'wrongAmount'] as const)(
      'is of unknown outcome after %s, and asking tells that it happened',
      async (fault) => {
        const { session } = await captured()
        const request = refundOf(session, 12_500n)
        await driver.fault(request.key, 'refund', fault)
        const signal = fault === 'hangAfterEffect' ? whenReported(request.key, 1) : patience()
        expect((await failure(gateway.refund(request, signal))).kind).toBe('unknown')
        expect(await gateway.refundReport(request.key, patience(), request.reference)).toMatchObject({ status: 'succeeded' })
        expect(await gateway.refund(request, patience())).toMatchObject({ status: 'succeeded' })
        expect(await journalOf(request.key)).toHaveLength(1)
      },
    )

    it.each(['errorBefore', 'htmlError'] as const)(
      'is of unknown outcome after %s, and asking tells that it did not happen',
      async (fault) => {
        const { session } = await captured()
        const request = refundOf(session, 12_500n)
        await driver.fault(request.key, 'refund', fault)
        expect((await failure(gateway.refund(request, patience()))).kind).toBe('unknown')
        expect(await gateway.refundReport(request.key, patience(), request.reference)).toEqual({ status: 'unknown' })
        expect(await journalOf(request.key)).toEqual([])
      },
    )
  })

  describe('failures', () => {
    it.each(['capture', 'refund', 'payment', 'openSession'] as const)(
      'a rate limit on %s is temporary and says how long to wait',
      async (call) => {
        const { key, session } = await captured()
        const request = call === 'openSession' ? await sessionRequest(newKey('chk')) : await sessionRequest(key)
        const refund = refundOf(session, 1n)
        await driver.fault(call === 'refund' ? refund.key : request.key, call, 'rateLimit')
        const calls = {
          capture: () => gateway.capture(key, patience()),
          refund: () => gateway.refund(refund, patience()),
          payment: () => gateway.payment(key, patience()),
          openSession: () => gateway.openSession(request, patience()),
        }
        const error = await failure(calls[call]())
        expect(error.kind).toBe('temporary')
        expect(error.retryAfter).toBeGreaterThan(0)
        await calls[call]()
      },
    )

    it.each(['errorBefore', 'htmlError', 'brokenBody', 'drop'] as const)('a question that meets %s may be asked again', async (fault) => {
      const { key, session } = await captured()
      const refund = refundOf(session, 1n)
      await gateway.refund(refund, patience())
      await driver.fault(key, 'payment', fault)
      await driver.fault(refund.key, 'refundReport', fault)
      expect((await failure(gateway.payment(key, patience()))).kind).toBe('temporary')
      expect((await failure(gateway.refundReport(refund.key, patience(), refund.reference))).kind).toBe('temporary')
      expect(await gateway.payment(key, patience())).toMatchObject({ status: 'captured' })
      expect(await gateway.refundReport(refund.key, patience(), refund.reference)).toMatchObject({ status: 'succeeded' })
    })

    itIf('authorizes')('a call that was given up before it began did nothing', async () => {
      const { key } = await authorized()
      expect((await failure(gateway.capture(key, AbortSignal.abort()))).kind).toBe('temporary')
      expect(await journalOf(key)).toEqual([])
    })

    it('a citizen waiting on a silent gateway is not kept longer than the caller allows', async () => {
      const { key } = await captured()
      await driver.fault(key, 'payment', 'hangAfterEffect')
      expect((await failure(gateway.payment(key, AbortSignal.timeout(100)))).kind).toBe('temporary')
    })
  })

  describe('settlement', () => {
    itIf('settles')('lists each payment and refund once, exact to the unit, in files that never change', async () => {
      const first = await captured(10_001n)
      const second = await captured(333n)
      const refund = refundOf(first.session, 5_000n)
      await gateway.refund(refund, patience())
      const made = await driver.settle()
      expect((await gateway.settlementFiles(patience())).slice(-made.length)).toEqual(made)

      const texts = await Promise.all(made.map((file) => gateway.settlementFile(file, patience())))
      const files = texts.map((text) => gateway.parseSettlement(text))
      expect(files.map((file) => file.name)).toEqual(made)
      const lines = files.flatMap((file) => file.lines)
      const [refundLine] = await journalOf(refund.key)
      const of = (reference: string | undefined) => lines.filter((line) => line.reference === reference)
      expect(of(first.session.reference)).toMatchObject([{ kind: 'payment', gross: money(10_001n, 'KRW') }])
      expect(of(second.session.reference)).toMatchObject([{ kind: 'payment', gross: money(333n, 'KRW') }])
      expect(of(refundLine?.reference)).toMatchObject([{ kind: 'refund', gross: money(-5_000n, 'KRW') }])
      expect(new Set(lines.map((line) => line.lineReference)).size).toBe(lines.length)
      for (const { kind, gross, fee, net } of lines) {
        expect(net.minor).toBe(gross.minor - fee.minor)
        if (kind === 'payment') expect(net.minor).toBeGreaterThanOrEqual(0n)
      }

      const third = await captured()
      const later = await driver.settle()
      expect(later).not.toContain(made[0])
      const next = await Promise.all(later.map(async (file) => gateway.parseSettlement(await gateway.settlementFile(file, patience()))))
      expect(next.flatMap((file) => file.lines.map((line) => line.reference))).toEqual([third.session.reference])
      expect(await Promise.all(made.map((file) => gateway.settlementFile(file, patience())))).toEqual(texts)
      expect(await driver.settle()).toEqual([])
    })

    itIf('settles')('refuses a file that was cut short anywhere, or repeats a line', async () => {
      await captured()
      await captured()
      const [file = ''] = await driver.settle()
      const text = await gateway.settlementFile(file, patience())
      for (let length = 0; length < text.length; length += 1) {
        expect(refusal(() => gateway.parseSettlement(text.slice(0, length))).code).toBe('statement_malformed')
      }
      const rows = text.split('\n')
      for (const index of rows.keys()) {
        const doubled = [...rows.slice(0, index + 1), ...rows.slice(index)].join('\n')
        expect(refusal(() => gateway.parseSettlement(doubled)).code).toBe('statement_malformed')
      }
    })

    it('has no file under a name that was never given', async () => {
      expect((await failure(gateway.settlementFile('no-such-file', patience()))).kind).toBe('permanent')
    })
  })

  describe('webhooks', () => {
    const tampered = (value: string): string => value.slice(0, -2) + (value.at(-2) === 'A' ? 'B' : 'A') + value.slice(-1)

    it('name the payment or refund to ask about', async () => {
      const { key, session } = await captured()
      const refund = refundOf(session, 1n)
      await gateway.refund(refund, patience())
      const now = await driver.now()
      const notices = (await driver.webhooks(key, reports)).map(({ headers, body }) => gateway.translate(headers, body, now))
      for (const notice of notices) expect(notice).toEqual({ eventId: expect.any(String), subject: 'payment', key })
      expect(new Set(notices.map((notice) => notice.eventId)).size).toBe(notices.length)
      if (!can('reportsRefunds')) return
      const [webhook] = await driver.webhooks(refund.key, 1)
      expect(gateway.translate(webhook?.headers ?? {}, webhook?.body ?? Buffer.alloc(0), now)).toMatchObject({
        subject: 'refund',
        key: refund.key,
      })
    })

    it.each(['', 'null', '[]', '{', '{"type":"x"}', '{"eventType":"x","data":{}}'])('that say %j make nothing happen', async (text) => {
      const now = await driver.now()
      const error = refusal(() => gateway.translate({}, Buffer.from(text), now))
      expect(error.code).toBe(can('signs') ? 'signature_invalid' : 'webhook_malformed')
    })

    itIf('signs')('are refused when a byte of the body is changed, added or missing', async () => {
      const { key } = await captured()
      const [webhook] = await driver.webhooks(key, 1)
      const { headers, body } = webhook ?? { headers: {}, body: Buffer.alloc(0) }
      const now = await driver.now()
      for (let at = 0; at < body.length; at += 1) {
        const changed = Buffer.from(body)
        changed[at] = (changed[at] ?? 0) ^ 1
        expect(refusal(() => gateway.translate(headers, changed, now))).toMatchObject({ kind: 'unauthorized', code: 'signature_invalid' })
      }
      for (const other of [Buffer.concat([body, Buffer.from(' ')]), body.subarray(1), Buffer.alloc(0)]) {
        expect(refusal(() => gateway.translate(headers, other, now)).code).toBe('signature_invalid')
      }
    })

    itIf('signs')('are refused without their headers, or with altered ones', async () => {
      const { key } = await captured()
      const [webhook] = await driver.webhooks(key, 1)
      const { headers, body } = webhook ?? { headers: {}, body: Buffer.alloc(0) }
      const now = await driver.now()
      expect(refusal(() => gateway.translate({}, body, now)).code).toBe('signature_invalid')
      // The headers that carry the proof are those without which it is refused; each must also be proof against change.
      const proof = Object.keys(headers).filter((header) => {
        const { [header]: _removed, ...others } = headers
        try {
          gateway.translate(others, body, now)
          return false
        } catch {
          return true
        }
      })
      expect(proof.length).toBeGreaterThan(0)
      for (const header of proof) {
        const altered = { ...headers, [header]: tampered(headers[header] ?? '') }
        expect(refusal(() => gateway.translate(altered, body, now)).code).toBe('signature_invalid')
      }
    })

    itIf('signs')('are taken while the gateway changes its secret', async () => {
      const { key } = await captured()
      const [webhook] = await driver.webhooks(key, 1)
      const now = await driver.now()
      const { headers, body } = driver.rotated(webhook ?? { headers: {}, body: Buffer.alloc(0) }, now)
      expect(gateway.translate(headers, body, now)).toMatchObject({ subject: 'payment', key })
    })

    itIf('signs')('are refused when they are too old or from the future, by the clock of the caller', async () => {
      const { key } = await captured()
      const [webhook] = await driver.webhooks(key, 1)
      const { headers, body } = webhook ?? { headers: {}, body: Buffer.alloc(0) }
      const now = await driver.now()
      expect(gateway.translate(headers, body, now + 60_000)).toMatchObject({ key })
      for (const other of [now + 3_600_000, now - 3_600_000]) {
        expect(refusal(() => gateway.translate(headers, body, other)).code).toBe('signature_invalid')
      }
    })
  })

  describe('after a crash', () => {
    it('the gateway still knows everything that it acknowledged', async () => {
      const opened = await open()
      const waiting = await authorized()
      const paid = await captured(10_000n)
      const refund = refundOf(paid.session, 1_000n)
      const refunded = await gateway.refund(refund, patience())
      const [file] = can('settles') ? await driver.settle() : []
      const text = file === undefined ? '' : await gateway.settlementFile(file, patience())
      const captures = Promise.allSettled(
        Array.from({ length: 10 }, async () => {
          const { key } = await authorized()
          return { key, report: await gateway.capture(key, patience()) }
        }),
      )
      const report = await gateway.payment(paid.key, patience())
      await driver.crash()

      expect(await gateway.payment(opened.key, patience())).toEqual({ status: 'pending' })
      expect(await gateway.payment(waiting.key, patience())).toMatchObject({ status: can('authorizes') ? 'authorized' : 'captured' })
      expect(await gateway.payment(paid.key, patience())).toEqual(report)
      expect(await gateway.refundReport(refund.key, patience(), refund.reference)).toEqual(refunded)
      expect(await gateway.refund(refund, patience())).toEqual(refunded)
      if (file !== undefined) expect(await gateway.settlementFile(file, patience())).toBe(text)
      for (const outcome of await captures) {
        if (outcome.status === 'fulfilled') expect(await gateway.payment(outcome.value.key, patience())).toEqual(outcome.value.report)
      }
      expect(await gateway.capture(waiting.key, patience())).toMatchObject({ status: 'captured' })
      expect(await gateway.capture(paid.key, patience())).toEqual(report)
      expect(await journalOf(paid.key)).toHaveLength(1)
    })

    it('webhooks that were not acknowledged still arrive', async () => {
      driver.listen(false)
      const refused = driver.refused()
      const { key } = await captured()
      await refused
      await driver.crash()
      driver.listen(true)
      // Some try again a minute later at the earliest.
      await driver.advance(60_000)
      const now = await driver.now()
      for (const { headers, body } of await driver.webhooks(key, reports)) {
        expect(gateway.translate(headers, body, now)).toMatchObject({ subject: 'payment', key })
      }
    })
  })
})
