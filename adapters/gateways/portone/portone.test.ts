import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Payment as Official, PortOneClient, Webhook } from '@portone/server-sdk'
import { money } from '../../../domain/money.ts'
import { bankWord } from './banks.ts'
import { startHarness } from './harness.ts'
import { adapter } from './index.ts'
import { failure } from '../../../test/support/expected-errors.ts'

type Harness = Awaited<ReturnType<typeof startHarness>>
const DAY_MS = 86_400_000
const patience = (): AbortSignal => AbortSignal.timeout(20_000)
let counter = 0
let harness: Harness
let official: PortOneClient

beforeAll(async () => {
  harness = await startHarness({ PORTONE_METHOD: 'VIRTUAL_ACCOUNT' })
  official = PortOneClient({ secret: harness.simulator.secrets['api'] ?? '', baseUrl: harness.simulator.url, storeId: 'store-simulated' })
}, 60_000)
afterAll(() => harness.stop())

async function open(minor = 12_500n): Promise<{ key: string; url: string; dueAt: number }> {
  const key = `chk_portone_${(counter += 1)}`
  const dueAt = Date.now() + 3 * DAY_MS
  const session = { key, amount: money(minor, 'KRW'), title: '수도 요금', language: 'ko', returnUrl: 'http://127.0.0.1:9/back' } as const
  return { key, dueAt, url: (await harness.gateway.openSession({ ...session, expiresAt: dueAt }, patience())).url }
}
const paid = async (minor?: bigint): Promise<string> => {
  const { key } = await open(minor)
  await harness.driver.authorize(key, 'card')
  return key
}
const refundOf = (reference: string, minor: bigint, more: object = {}) => ({
  key: `rfd_portone_${(counter += 1)}`,
  reference,
  amount: money(minor, 'KRW'),
  reason: 'paidTwice',
  ...more,
})

describe("PortOne's own client, against the simulator", () => {
  it('sees a payment as paid that our adapter reports as captured', async () => {
    const key = await paid()
    const payment = await official.payment.getPayment({ paymentId: key })
    expect(Official.isUnrecognizedPayment(payment)).toBe(false)
    expect(payment).toMatchObject({ status: 'PAID', id: key, currency: 'KRW', amount: { total: 12_500, paid: 12_500, cancelled: 0 } })
    expect(await harness.gateway.payment(key, patience())).toMatchObject({ status: 'captured', amount: money(12_500n, 'KRW') })
  })

  it('cancels, and our adapter then knows what is left; a stale sum is refused to both', async () => {
    const key = await paid()
    const { cancellation } = await official.payment.cancelPayment({
      paymentId: key,
      amount: 500,
      reason: 'by hand',
      currentCancellableAmount: 12_500,
    })
    expect(cancellation).toMatchObject({ status: 'SUCCEEDED', totalAmount: 500 })
    await expect(
      official.payment.cancelPayment({ paymentId: key, amount: 500, reason: 'again', currentCancellableAmount: 12_500 }),
    ).rejects.toMatchObject({ data: { type: 'CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN' } })
    expect(await failure(harness.gateway.refund(refundOf(key, 12_001n), patience()))).toMatchObject({
      kind: 'permanent',
      code: 'cancel_amount_exceeds_cancellable_amount',
    })
    expect(await harness.gateway.refund(refundOf(key, 12_000n), patience())).toMatchObject({ status: 'succeeded' })
    expect(await official.payment.getPayment({ paymentId: key })).toMatchObject({ status: 'CANCELLED' })
    expect(await harness.gateway.payment(key, patience())).toMatchObject({ status: 'captured' })
  })

  it('is told the same of what is not there', async () => {
    await expect(official.payment.getPayment({ paymentId: 'chk_nobody' })).rejects.toMatchObject({ data: { type: 'PAYMENT_NOT_FOUND' } })
    const stranger = PortOneClient({ secret: 'another', baseUrl: harness.simulator.url })
    await expect(stranger.payment.getPayment({ paymentId: 'chk_nobody' })).rejects.toMatchObject({ data: { type: 'UNAUTHORIZED' } })
    const ours = adapter.create({ ...harness.settings, PORTONE_API_SECRET: 'of-somebody-else-0' })
    expect(await failure(ours.payment('chk_nobody', patience()))).toMatchObject({ kind: 'technical', code: 'unauthorized' })
  })

  it('verifies the webhooks that our adapter takes', async () => {
    const key = await paid()
    const [webhook] = await harness.driver.webhooks(key, 1)
    const headers = { ...webhook?.headers } as Record<string, string>
    const verified = await Webhook.verify(harness.settings['PORTONE_WEBHOOK_SECRET'] ?? '', String(webhook?.body), headers)
    expect(verified).toMatchObject({ type: 'Transaction.Paid', data: { paymentId: key } })
    expect(harness.gateway.translate(headers, webhook?.body ?? Buffer.alloc(0), Date.now())).toMatchObject({ subject: 'payment', key })
  })

  it('closes an account that our adapter then reports as cancelled', async () => {
    const { key, dueAt } = await open()
    await harness.driver.issue(key, dueAt)
    expect(await official.payment.getPayment({ paymentId: key })).toMatchObject({ status: 'VIRTUAL_ACCOUNT_ISSUED' })
    await official.payment.closeVirtualAccount({ paymentId: key })
    expect(await harness.gateway.payment(key, patience())).toEqual({ status: 'cancelled' })
  })
})

describe('the payment window', () => {
  it('takes what the page hands on, and no amount but the registered one', async () => {
    const { key, url } = await open()
    const page = await (await fetch(url)).text()
    expect(page).toContain('수도 요금')
    expect((await fetch(url.replace('totalAmount=12500', 'totalAmount=1'))).status).toBe(400)
    // Each name that the page reads is one that the session's address has, and the other way round.
    const read = readFileSync(new URL('window.html', import.meta.url), 'utf8')
    for (const name of new URL(url).searchParams.keys()) expect(read).toContain(`'${name}'`)
    const sent = Object.fromEntries(new URL(url).searchParams)
    const fields = new URLSearchParams({ ...sent, act: 'pay' })
    expect(
      (await fetch(`${harness.simulator.url}/window`, { method: 'POST', body: fields, redirect: 'manual' })).headers.get('location'),
    ).toBe('http://127.0.0.1:9/back')
    expect(await harness.gateway.payment(key, patience())).toMatchObject({ status: 'awaitingDeposit' })
  })

  it('gives out an account that waits for days', async () => {
    const { key, dueAt } = await open()
    await harness.driver.issue(key, dueAt)
    expect(await harness.gateway.payment(key, patience())).toEqual({
      status: 'awaitingDeposit',
      account: { bank: '신한은행', number: expect.stringMatching(/^[0-9]+$/), dueAt },
    })
    expect(await harness.driver.deposit(key, 12_499n)).toBe(false)
    expect(await harness.driver.deposit(key, 12_500n)).toBe(true)
    expect(await harness.gateway.payment(key, patience())).toMatchObject({ status: 'captured', method: 'virtualAccount' })
    const account = { bank: '신한은행', number: '110-123-456789', holder: '홍길동' }
    expect(await failure(harness.gateway.refund(refundOf(key, 500n), patience()))).toMatchObject({
      kind: 'permanent',
      code: 'account_missing',
    })
    const elsewhere = refundOf(key, 500n, { account: { ...account, bank: '달나라은행' } })
    expect(await failure(harness.gateway.refund(elsewhere, patience()))).toMatchObject({ code: 'bank_unknown' })
    expect(await harness.gateway.refund(refundOf(key, 500n, { account }), patience())).toMatchObject({ status: 'succeeded' })
  })

  it('of an account is closed by ending the checkout', async () => {
    const { key, dueAt } = await open()
    await harness.driver.issue(key, dueAt)
    expect(await harness.gateway.cancel(key, patience())).toEqual({ status: 'cancelled' })
    expect(await harness.driver.deposit(key, 12_500n)).toBe(false)
  })
})

describe('an answer', () => {
  it.each([
    ['another currency', { currency: 'USD' }],
    ['a fraction', { amount: { total: 12_500.5, paid: 12_500.5, cancelled: 0 } }],
    ['a text for an amount', { amount: { total: '12500', paid: '12500', cancelled: 0 } }],
    ['another payment', { id: 'chk_other' }],
    ['a new status', { status: 'TELEPORTED' }],
    ['an inherited status', { status: 'constructor' }],
    ['a new method', { method: { type: 'PaymentMethodBarter' } }],
    ['no method', { method: null }],
    ['no time', { paidAt: 'yesterday' }],
  ])('with %s is not believed', async (_what, patch) => {
    const key = await paid()
    await harness.driver.fault(key, 'payment', 'patch', patch)
    expect((await failure(harness.gateway.payment(key, patience()))).kind).toBe('technical')
  })

  it('without end does not fill the memory', async () => {
    const key = await paid()
    await harness.driver.fault(key, 'payment', 'hugeBody')
    expect((await failure(harness.gateway.payment(key, patience()))).kind).toBe('temporary')
  })
})

it.each([
  ['KB국민은행', 'KOOKMIN'],
  ['카카오뱅크', 'KAKAO'],
  ['은행', null],
])('the bank "%s" is %s', (name, word) => {
  expect(bankWord(name)).toBe(word)
})

it.each([
  ['PORTONE_WEBHOOK_SECRET', 'whsec_short'],
  ['PORTONE_METHOD', 'BARTER'],
  ['PORTONE_WINDOW_URL', 'javascript:alert(1)'],
  ['PORTONE_URL', 'http://api.example'],
])('a wrong %s is refused, and not quoted', (name, value) => {
  expect(() => adapter.create({ ...harness.settings, [name]: value })).toThrow(
    expect.objectContaining({ code: 'setting_invalid', pointer: `/${name}`, message: expect.not.stringContaining(value) }),
  )
})
