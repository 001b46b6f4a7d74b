import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type GojiError } from '../../../domain/errors.ts'
import { money } from '../../../domain/money.ts'
import { bankCode, bankName } from './banks.ts'
import { FAILURES } from './failures.ts'
import { startHarness } from './harness.ts'
import { adapter } from './index.ts'
import { parseSettlement } from './settlement.ts'
import { failure } from '../../../test/support/expected-errors.ts'

type Harness = Awaited<ReturnType<typeof startHarness>>
const MINUTE = 60_000
const patience = (): AbortSignal => AbortSignal.timeout(20_000)
let counter = 0

async function open({ gateway, driver }: Harness, days = 1): Promise<string> {
  const key = `chk_toss_${(counter += 1)}`
  const session = { key, amount: money(12_500n, 'KRW'), title: '수도 요금', language: 'ko', returnUrl: 'http://127.0.0.1:9/back' } as const
  await gateway.openSession({ ...session, expiresAt: (await driver.now()) + days * 24 * 60 * MINUTE }, patience())
  return key
}
const refundOf = (reference: string, minor: bigint, account?: { bank: string; number: string; holder: string }) => ({
  key: `rfd_toss_${(counter += 1)}`,
  reference,
  amount: money(minor, 'KRW'),
  reason: 'paidTwice',
  ...(account ? { account } : {}),
})

describe('the payment window', () => {
  let harness: Harness
  beforeAll(async () => {
    harness = await startHarness()
  }, 60_000)
  afterAll(() => harness.stop())

  it('sends the citizen back to our page, paid or not, and takes nothing by itself', async () => {
    const { gateway, driver } = harness
    const key = await open(harness)
    const { url } = await gateway.openSession(
      { key, amount: money(12_500n, 'KRW'), title: '수도 요금', language: 'ko', returnUrl: 'http://127.0.0.1:9/back', expiresAt: 0 },
      patience(),
    )
    expect(await (await fetch(url)).text()).toContain('수도 요금')
    const paid = await fetch(url, { method: 'POST', body: new URLSearchParams({ method: '카드' }), redirect: 'manual' })
    expect(paid.headers.get('location')).toMatch(new RegExp(`^http://127.0.0.1:9/back\\?paymentKey=.+&orderId=${key}&amount=12500$`))
    expect(await gateway.payment(key, patience())).toEqual({ status: 'authorized' })
    expect((await driver.journal()).filter((line) => line.key === key)).toEqual([])
  })

  it('comes to nothing after 30 minutes, and 10 minutes after the citizen has paid without our confirmation', async () => {
    const { gateway, driver } = harness
    const [unpaid, unconfirmed] = [await open(harness), await open(harness)]
    await driver.authorize(unconfirmed, 'card')
    await driver.advance(10 * MINUTE)
    expect(await gateway.payment(unconfirmed, patience())).toEqual({ status: 'expired' })
    expect(await gateway.capture(unconfirmed, patience())).toEqual({ status: 'expired' })
    expect(await gateway.payment(unpaid, patience())).toEqual({ status: 'pending' })
    await driver.advance(20 * MINUTE)
    expect(await gateway.payment(unpaid, patience())).toEqual({ status: 'expired' })
  })

  it('is not opened for money other than won', async () => {
    const pounds = {
      key: 'chk_pounds',
      amount: money(1_160n, 'GBP'),
      title: 't',
      language: 'en',
      returnUrl: 'http://127.0.0.1:9/',
      expiresAt: 0,
    } as const
    expect(await failure(harness.gateway.openSession(pounds, patience()))).toMatchObject({ kind: 'permanent', code: 'currency_not_taken' })
  })

  it.each([
    ['another currency', { currency: 'USD' }],
    ['a fraction', { totalAmount: 12_500.5 }],
    ['a text', { totalAmount: '12500' }],
    ['an amount that no number holds', { totalAmount: 2 ** 60 }],
    ['another order', { orderId: 'chk_other' }],
    ['a new status', { status: 'TELEPORTED' }],
    ['an inherited status', { status: 'constructor' }],
    ['a new method', { method: '외상' }],
    ['no time', { approvedAt: 'yesterday' }],
  ])('whose answer has %s is believed neither when asked nor when confirmed', async (_what, patch) => {
    const { gateway, driver } = harness
    const key = await open(harness)
    await driver.authorize(key, 'card')
    await driver.fault(key, 'capture', 'patch', patch)
    expect((await failure(gateway.capture(key, patience()))).kind).toBe('unknown')
    await driver.fault(key, 'payment', 'patch', patch)
    expect((await failure(gateway.payment(key, patience()))).kind).toBe('technical')
    expect(await gateway.payment(key, patience())).toMatchObject({ status: 'captured', amount: money(12_500n, 'KRW') })
  })

  it('cannot fill the memory', async () => {
    const key = await open(harness)
    await harness.driver.fault(key, 'payment', 'hugeBody')
    expect((await failure(harness.gateway.payment(key, patience()))).kind).toBe('temporary')
  })

  it('of another shop is a mistake of ours', async () => {
    const stranger = adapter.create({ ...harness.settings, TOSS_SECRET_KEY: 'test_sk_of_somebody_else' })
    expect(await failure(stranger.payment('chk_x', patience()))).toMatchObject({ kind: 'technical', code: 'unauthorized_key' })
  })
})

describe('webhooks', () => {
  let harness: Harness
  beforeAll(async () => {
    harness = await startHarness()
  }, 60_000)
  afterAll(() => harness.stop())

  it('come again after 1, 4, 16, 64, 256, 1024 and 4096 minutes, and then no more', async () => {
    const { driver, gateway, simulator } = harness
    driver.listen(false)
    const key = await open(harness)
    const first = driver.refused()
    await driver.decline(key)
    await first
    for (const minutes of [1, 4, 16, 64, 256, 1_024, 4_096]) {
      const again = driver.refused()
      await driver.advance(minutes * MINUTE)
      await again
    }
    driver.listen(true)
    await driver.advance(100_000 * MINUTE)
    const later = await open(harness)
    await driver.decline(later)
    await driver.webhooks(later, 1)
    expect(await driver.webhooks(key, 0)).toEqual([])
    // Nothing is lost by it: the payment says the same when it is asked.
    expect(await gateway.payment(key, patience())).toMatchObject({ status: 'declined' })
    expect(simulator.url).toMatch(/^http/)
  })

  it('that come five times are one event; one that is made up only names a payment', async () => {
    const { driver, gateway } = harness
    const key = await open(harness)
    await driver.webhookFault(key, 'duplicate')
    await driver.decline(key)
    const events = (await driver.webhooks(key, 5)).map(({ headers, body }) => gateway.translate(headers, body, 0))
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(1)
    const forged = Buffer.from(JSON.stringify({ eventType: 'PAYMENT_STATUS_CHANGED', data: { orderId: key, status: 'DONE' } }))
    expect(gateway.translate({}, forged, 0)).toMatchObject({ subject: 'payment', key })
    expect(await gateway.payment(key, patience())).toMatchObject({ status: 'declined' })
  })
})

describe('a virtual account', () => {
  let harness: Harness
  beforeAll(async () => {
    harness = await startHarness({ TOSS_METHOD: 'VIRTUAL_ACCOUNT' })
  }, 60_000)
  afterAll(() => harness.stop())

  const waiting = async (): Promise<string> => {
    const key = await open(harness, 3)
    await harness.driver.authorize(key, 'bankAccount')
    expect(await harness.gateway.capture(key, patience())).toMatchObject({ status: 'awaitingDeposit' })
    return key
  }

  it('is given out, waits for days, and is paid by the deposit', async () => {
    const { gateway, driver } = harness
    const key = await waiting()
    const due = (await driver.now()) + 3 * 24 * 60 * MINUTE
    const report = await gateway.payment(key, patience())
    expect(report).toEqual({
      status: 'awaitingDeposit',
      account: { bank: '신한은행', number: expect.stringMatching(/^[0-9]+$/), dueAt: expect.any(Number) },
    })
    if (report.status === 'awaitingDeposit') expect(Math.abs(report.account.dueAt - due)).toBeLessThan(2 * MINUTE)
    await driver.advance(2 * 24 * 60 * MINUTE)
    expect(await driver.deposit(key, 12_499)).toBe(false)
    expect(await driver.deposit(key)).toBe(true)
    const webhooks = await driver.webhooks(key, 2)
    expect(gateway.translate(webhooks.at(-1)?.headers ?? {}, webhooks.at(-1)?.body ?? Buffer.alloc(0), 0)).toMatchObject({
      subject: 'payment',
      key,
    })
    expect(await gateway.payment(key, patience())).toMatchObject({ status: 'captured', amount: money(12_500n, 'KRW') })
  })

  it('is closed when the checkout ends, or by its due date', async () => {
    const { gateway, driver } = harness
    const [closed, late] = [await waiting(), await waiting()]
    expect(await gateway.cancel(closed, patience())).toEqual({ status: 'cancelled' })
    expect(await driver.deposit(closed)).toBe(false)
    await driver.advance(3 * 24 * 60 * MINUTE + MINUTE)
    expect(await driver.deposit(late)).toBe(false)
    expect(await gateway.payment(late, patience())).toEqual({ status: 'expired' })
  })

  it('gives money back to an account only, which the bank has to know', async () => {
    const { gateway, driver } = harness
    const key = await waiting()
    await driver.deposit(key)
    const account = { bank: '카카오뱅크', number: '3333-01-1234567', holder: '홍길동' }
    expect(await failure(gateway.refund(refundOf(key, 500n), patience()))).toMatchObject({ kind: 'permanent', code: 'account_missing' })
    const elsewhere = refundOf(key, 500n, { ...account, bank: '달나라은행' })
    expect(await failure(gateway.refund(elsewhere, patience()))).toMatchObject({ kind: 'permanent', code: 'bank_unknown' })
    const unusable = refundOf(key, 500n, { ...account, number: '12' })
    expect(await failure(gateway.refund(unusable, patience()))).toMatchObject({ kind: 'permanent', code: 'invalid_refund_account_info' })
    const request = refundOf(key, 500n, account)
    await driver.fault(request.key, 'refund', 'late')
    expect(await gateway.refund(request, patience())).toEqual({ status: 'pending' })
    await driver.advance(MINUTE)
    expect(await gateway.refundReport(request.key, patience(), key)).toMatchObject({ status: 'succeeded' })
  })
})

describe('tables', () => {
  it.each(Object.entries(FAILURES))('%s is %s', (_code, kind) => {
    expect(['temporary', 'permanent', 'technical', 'unknown']).toContain(kind)
  })

  it.each([
    ['KB국민은행', '06'],
    ['국민', null],
    ['하나은행', '81'],
    ['NH농협은행', '11'],
    ['ibk', '03'],
    ['88', '88'],
    ['은행', null],
    ['', null],
  ])('the bank "%s" is %s', (name, code) => {
    expect(bankCode(name)).toBe(code)
    if (code !== null) expect(bankName(code)).not.toBe(code)
  })
})

describe('a settlement file', () => {
  const line = {
    transactionKey: 'TX1',
    orderId: 'chk_one',
    currency: 'KRW',
    amount: 10_000,
    fees: [{ type: 'BASE', fee: 275 }],
    payOutAmount: 9_725,
    paidOutDate: '2026-10-31',
    cancel: null,
  }
  const text = (lines: readonly object[], name = 'toss-payout-2026-10-31', count = lines.length) =>
    JSON.stringify({ name, count, settlements: lines })

  it('is read with its fees', () => {
    expect(parseSettlement(text([line])).lines).toMatchObject([
      { kind: 'payment', reference: 'chk_one', fee: money(275n, 'KRW'), net: money(9_725n, 'KRW') },
    ])
  })

  it.each([
    ['does not add up', [{ ...line, payOutAmount: 9_726 }]],
    ['is of another day', [{ ...line, paidOutDate: '2026-11-01' }]],
    ['is there twice', [line, line]],
    ['has a fraction', [{ ...line, amount: 10_000.5 }]],
    ['is in dollars', [{ ...line, currency: 'USD' }]],
    ['brings money in by a cancellation', [{ ...line, cancel: { cancelAmount: 10_000 } }]],
  ])('whose line %s is refused, naming it', (_what, lines) => {
    expect(() => parseSettlement(text(lines))).toThrow(
      expect.objectContaining({ code: 'statement_malformed', pointer: expect.stringMatching(/^\/lines\/[12]$/) }),
    )
  })

  it('that has fewer lines than it says is refused', () => {
    expect(() => parseSettlement(text([line], undefined, 2))).toThrow(expect.objectContaining({ code: 'statement_malformed' }))
  })
})

describe('the settings', () => {
  it.each([
    ['TOSS_SECRET_KEY', 'short'],
    ['TOSS_METHOD', 'BARTER'],
    ['TOSS_URL', 'http://payments.example'],
  ])('refuse a wrong %s without quoting it', (name, value) => {
    let error: GojiError | undefined
    try {
      adapter.create({ TOSS_SECRET_KEY: 'test_sk_0123456789', [name]: value })
    } catch (thrown) {
      error = thrown as GojiError
    }
    expect(error).toMatchObject({ code: 'setting_invalid', pointer: `/${name}` })
    expect(error?.message).not.toContain(value)
  })
})
