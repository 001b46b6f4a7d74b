import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Webhook } from 'standardwebhooks'
import type { StartGatewayHarness } from '../../../test/contract/gateway-harness.ts'
import { startHarness } from './harness.ts'
import type { Stamped } from './simulator/entries.ts'
import { feeOf } from './simulator/settlement.ts'
import { openSimulator, type Simulator } from './simulator/simulator.ts'
import { collectWebhooks, type CollectedWebhook, type WebhookCollector } from './webhook-collector.ts'

// The contract suite finds the harness by folder, so only here does the compiler see whether it is as expected.
void (startHarness satisfies StartGatewayHarness)

// What follows is what the contract suite does not ask of every gateway: the page, the journal's file, webhooks and faults.

const SECRET = 'the-secret-of-the-api'
const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 's').toString('base64')}`
const RETURN_URL = 'http://127.0.0.1:9/back?checkout=1'

let folder: string
let collector: WebhookCollector
let simulator: Simulator
let url: string
let counter = 0

async function start(seed = 1): Promise<void> {
  simulator = await openSimulator({
    journal: folder, secret: SECRET, webhookSecret: WEBHOOK_SECRET, webhookUrl: collector.url, seed, settleEvery: undefined,
  })
  simulator.server.listen(0, '127.0.0.1')
  await once(simulator.server, 'listening')
  url = `http://127.0.0.1:${(simulator.server.address() as AddressInfo).port}`
}

const restart = async (seed?: number): Promise<void> => {
  await simulator.stop()
  await start(seed)
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-'))
  collector = await collectWebhooks()
  await start()
})

afterEach(async () => {
  await simulator.stop()
  await collector.stop()
  await rm(folder, { recursive: true })
})

interface Answer {
  readonly status: number
  readonly body: Record<string, any>
}

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json', ...headers },
    body: body === undefined ? null : JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Record<string, any> }
}

const sessionBody = (change: object = {}) =>
  ({ amountMinor: '12500', currency: 'KRW', title: '수도 요금', language: 'ko', returnUrl: RETURN_URL, expiresAt: Date.now() + 600_000, ...change })

async function open(change: object = {}): Promise<{ key: string; page: string }> {
  const key = `chk_${(counter += 1)}`
  const { body } = await call('POST', '/sessions', sessionBody(change), { 'idempotency-key': key })
  return { key, page: new URL(String(body['url'])).pathname }
}

const statusOf = async (key: string): Promise<string> => String((await call('GET', `/sessions/${key}`)).body['status'])
const submit = (path: string, form: Record<string, string>): Promise<Response> =>
  fetch(`${url}${path}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })
const html = async (path: string): Promise<string> => (await fetch(`${url}${path}`)).text()
const journal = async (): Promise<Stamped[]> =>
  (await readFile(join(folder, 'journal.jsonl'), 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as Stamped)

describe('the payment page', () => {
  it('says what is paid and how much, in the language of the session', async () => {
    const korean = await html((await open()).page)
    expect(korean).toContain('<html lang="ko">')
    expect(korean).toContain('수도 요금')
    expect(korean).toContain('12,500원 결제하기')
    const english = await html((await open({ language: 'en', currency: 'GBP', amountMinor: '1160', title: 'Council tax' })).page)
    expect(english).toContain('<html lang="en">')
    expect(english).toContain('Pay £11.60')
    expect(await html((await open({ language: 'en', currency: 'KWD', amountMinor: '9007199254740' })).page)).toMatch(/9,007,199,254\.740/)
  })

  it('leads back once it is paid, and a second click is the first one', async () => {
    const { key, page } = await open()
    for (let click = 0; click < 2; click += 1) {
      const response = await submit(page, { method: 'simple_pay', outcome: 'approve' })
      expect([response.status, response.headers.get('location')]).toEqual([303, RETURN_URL])
    }
    expect(await statusOf(key)).toBe('AUTHORIZED')
    expect((await journal()).filter((entry) => entry.op === 'authorize')).toMatchObject([{ key, method: 'simple_pay', amountMinor: '12500' }])
    expect(await html(page)).toContain(RETURN_URL)
  })

  it('says why an attempt was declined and lets the citizen try another way', async () => {
    const { key, page } = await open()
    const response = await submit(page, { method: 'card', outcome: 'insufficient_funds' })
    expect([response.status, response.headers.get('location')]).toEqual([303, page])
    expect(await html(page)).toMatch(/role="alert".*잔액이 부족하거나 한도를 넘었습니다.*2번/s)
    expect(await statusOf(key)).toBe('OPEN')
    expect((await submit(page, { method: 'bank_account', outcome: 'approve' })).headers.get('location')).toBe(RETURN_URL)
    expect(await statusOf(key)).toBe('AUTHORIZED')
  })

  it('takes no fourth attempt', async () => {
    const { key, page } = await open()
    for (let attempt = 0; attempt < 3; attempt += 1) await submit(page, { method: 'card', outcome: 'issuer_refused' })
    expect(await statusOf(key)).toBe('DECLINED')
    await submit(page, { method: 'card', outcome: 'approve' })
    expect(await statusOf(key)).toBe('DECLINED')
    expect(await html(page)).toContain('결제하지 못했습니다')
  })

  it('asks again where no way to pay was chosen, and changes nothing', async () => {
    const { key, page } = await open()
    for (const form of [{}, { method: 'cash' }, { method: 'card', outcome: 'maybe' }]) {
      const response = await submit(page, form as Record<string, string>)
      expect(response.status).toBe(422)
      expect(await response.text()).toContain('결제 수단을 하나 고르세요')
    }
    expect(await statusOf(key)).toBe('OPEN')
  })

  it('can be left without paying, which ends the session', async () => {
    const { key, page } = await open()
    expect((await submit(`${page}/cancel`, {})).headers.get('location')).toBe(RETURN_URL)
    expect(await statusOf(key)).toBe('CANCELLED')
    expect(await html(page)).toContain('결제가 취소되었습니다')
    const paid = await open()
    await submit(paid.page, { method: 'card' })
    await submit(`${paid.page}/cancel`, {})
    expect(await statusOf(paid.key)).toBe('AUTHORIZED')
  })

  it('says that the time is over', async () => {
    const { page } = await open()
    await call('POST', '/clock', { advanceMs: 600_000 })
    expect(await html(page)).toContain('결제할 수 있는 시간이 지났습니다')
    expect((await submit(page, { method: 'card' })).status).toBe(200)
  })

  it('never lets a title become markup, tells nobody its address and runs nothing', async () => {
    const { page } = await open({ title: `<script>alert('1')</script>"&` })
    const response = await fetch(`${url}${page}`)
    expect(await response.text()).toContain('&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;')
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-.*form-action 'self' http:\/\/127\.0\.0\.1:9;.*frame-ancestors 'none'/)
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect((await fetch(`${url}/pay/nobody`)).status).toBe(404)
  })
})

describe('the journal', () => {
  it('has one numbered line for each thing that happened, with the money in minor units', async () => {
    const { key } = await open()
    await call('POST', `/sessions/${key}/authorize`, { method: 'card', paidAt: 1_234 })
    const { body: payment } = await call('POST', `/sessions/${key}/capture`)
    await call('POST', '/refunds', { reference: payment['reference'], amountMinor: '500', currency: 'KRW', reason: 'r' }, { 'idempotency-key': 'rfd_1' })
    await call('POST', '/settlements')
    const entries = (await journal()).filter((entry) => entry.op !== 'webhook')
    expect(entries.map((entry) => entry.op)).toEqual(['opened', 'session', 'authorize', 'capture', 'refund', 'settlement'])
    expect((await journal()).map((entry) => entry.seq)).toEqual((await journal()).map((_entry, index) => index + 1))
    const reference = payment['reference']
    expect(entries[3]).toMatchObject({ key, reference, amountMinor: '12500', currency: 'KRW', method: 'card', paidAt: 1_234 })
    expect(entries[4]).toMatchObject({ key: 'rfd_1', payment: reference, paymentKey: key, amountMinor: '500', currency: 'KRW' })
    expect(entries[5]).toMatchObject({ grossMinor: '12000', feeMinor: '187', netMinor: '11813' })
  })

  it('loses only a line that was torn while it was written', async () => {
    const { key } = await open()
    await simulator.stop()
    const whole = await readFile(join(folder, 'journal.jsonl'), 'utf8')
    await appendFile(join(folder, 'journal.jsonl'), '{"seq":99,"at":1,"op":"cap')
    await start()
    expect(await statusOf(key)).toBe('OPEN')
    expect(await readFile(join(folder, 'journal.jsonl'), 'utf8')).toBe(whole)
    const { key: next } = await open()
    await restart()
    expect(await statusOf(next)).toBe('OPEN')
  })

  it('that is damaged elsewhere is not continued', async () => {
    await open()
    await simulator.stop()
    const path = join(folder, 'journal.jsonl')
    const whole = await readFile(path, 'utf8')
    await writeFile(path, whole.replace('"op":"session"', '"op":"sess'))
    await expect(start()).rejects.toThrow(/line 2/)
    await writeFile(path, whole)
    await start()
  })

  it('keeps the clock, the barred keys, the running refunds and the counts of faults over a restart', async () => {
    const { key } = await open()
    await call('POST', `/sessions/${key}/authorize`, { method: 'card' })
    const { body: payment } = await call('POST', `/sessions/${key}/capture`)
    await call('POST', '/faults', [{ op: 'refund', mode: 'late', delayMs: 60_000 }])
    await call('POST', '/refunds', { reference: payment['reference'], amountMinor: '500', currency: 'KRW', reason: 'r' }, { 'idempotency-key': 'rfd_1' })
    await call('POST', '/sessions/chk_barred/cancel')
    await call('POST', '/clock', { advanceMs: 30_000 })
    await restart()
    expect((await call('GET', '/clock')).body['now']).toBeGreaterThanOrEqual(Date.now() + 29_000)
    expect((await call('GET', '/sessions/chk_barred')).body).toMatchObject({ error: { code: 'session_cancelled' } })
    expect((await call('GET', '/faults')).body['injected']).toEqual({ 'refund.late': 1 })
    expect((await call('GET', '/refunds/rfd_1')).body['status']).toBe('RUNNING')
    await call('POST', '/clock', { advanceMs: 30_000 })
    expect((await call('GET', '/refunds/rfd_1')).body['status']).toBe('DONE')
  })
})

describe('webhooks', () => {
  const verified = ({ headers, body }: CollectedWebhook): boolean => {
    try {
      new Webhook(WEBHOOK_SECRET).verify(body, headers as Record<string, string>)
      return true
    } catch {
      return false
    }
  }
  const idOf = (webhook: CollectedWebhook | undefined): string | undefined => webhook?.headers['webhook-id']
  const pay = async (key: string): Promise<void> => {
    await call('POST', `/sessions/${key}/authorize`, { method: 'card' })
  }

  it('are signed as Standard Webhooks has it, and name what happened', async () => {
    const { key } = await open()
    await pay(key)
    const [webhook] = await collector.about(key, 1)
    expect(new Webhook(WEBHOOK_SECRET).verify(webhook?.body ?? '', webhook?.headers as Record<string, string>)).toMatchObject({ type: 'payment.authorized', key })
  })

  it('are sent until they are acknowledged, under one id', async () => {
    collector.listen(false)
    const { key } = await open()
    await pay(key)
    await call('GET', '/clock')
    collector.listen(true)
    expect((await collector.about(key, 1)).every(verified)).toBe(true)
  })

  it.each(['wrongSignature', 'brokenBody'])('that suffered %s come again whole', async (mode) => {
    const { key } = await open()
    await call('POST', '/faults', [{ op: 'webhook', mode, key }])
    await pay(key)
    const whole = async (count: number): Promise<CollectedWebhook[]> => {
      const all = await collector.about(key, count)
      return all.some(verified) ? [...all] : whole(all.length + 1)
    }
    const received = await whole(1)
    expect(received.filter(verified)).toHaveLength(1)
    if (mode === 'wrongSignature') expect(received.map(verified)).toEqual([false, true])
    expect((await call('GET', '/faults')).body['injected']).toEqual({ [`webhook.${mode}`]: 1 })
  })

  it('that are duplicated all bear the same id', async () => {
    const { key } = await open()
    await call('POST', '/faults', [{ op: 'webhook', mode: 'duplicate', key }])
    await pay(key)
    expect(new Set((await collector.about(key, 5)).map(idOf)).size).toBe(1)
  })

  it('that are reordered come after a later one', async () => {
    const { key } = await open()
    await call('POST', '/faults', [{ op: 'webhook', mode: 'reorder', key, delayMs: 60_000 }])
    await pay(key)
    await call('POST', `/sessions/${key}/capture`)
    const types = (await collector.about(key, 2)).map(({ body }) => (JSON.parse(body.toString()) as { type: string }).type)
    expect(types).toEqual(['payment.captured', 'payment.authorized'])
  })

  it('that are dropped never come, not after a restart either', async () => {
    const { key } = await open()
    await call('POST', '/faults', [{ op: 'webhook', mode: 'drop', key }])
    await pay(key)
    await call('POST', `/sessions/${key}/capture`)
    await collector.about(key, 1)
    await restart()
    await call('POST', `/sessions/${(await open()).key}/cancel`)
    await collector.about(`chk_${counter}`, 1)
    const received = await collector.about(key, 1)
    expect(received.every(({ body }) => body.includes('payment.captured'))).toBe(true)
    expect((await journal()).filter((entry) => entry.op === 'webhook' && entry.outcome === 'dropped')).toHaveLength(1)
  })
})

describe('faults', () => {
  it('that cannot befall an operation are refused', async () => {
    for (const fault of [{ op: 'capture', mode: 'duplicate' }, { op: 'payment', mode: 'decline' }, { op: 'webhook', mode: 'errorBefore' },
      { op: 'capture', mode: 'drop', times: 0 }, { op: 'capture', mode: 'drop', often: true }, { op: 'pay', mode: 'drop' }]) {
      expect((await call('POST', '/faults', [fault])).status).toBe(422)
    }
    expect((await call('GET', '/faults')).body).toEqual({ rules: [], injected: {} })
  })

  it('befall as many requests as was said, and none after they were deleted', async () => {
    const { key } = await open()
    await call('POST', '/faults', [{ op: 'payment', mode: 'errorBefore', times: 2 }])
    const statuses = []
    for (let n = 0; n < 3; n += 1) statuses.push((await call('GET', `/sessions/${key}`)).status)
    expect(statuses).toEqual([500, 500, 200])
    await call('POST', '/faults', [{ op: 'payment', mode: 'errorBefore', times: 9 }])
    await call('DELETE', '/faults')
    expect((await call('GET', `/sessions/${key}`)).status).toBe(200)
    expect((await call('GET', '/faults')).body).toEqual({ rules: [], injected: { 'payment.errorBefore': 2 } })
  })

  it('with a probability are the same for the same seed', async () => {
    const draw = async (seed: number): Promise<number[]> => {
      await restart(seed)
      const { key } = await open()
      await call('POST', '/faults', [{ op: 'payment', mode: 'rateLimit', probability: 0.5 }])
      const statuses = []
      for (let n = 0; n < 20; n += 1) statuses.push((await call('GET', `/sessions/${key}`)).status)
      return statuses
    }
    const first = await draw(7)
    expect(new Set(first)).toEqual(new Set([200, 429]))
    expect(await draw(7)).toEqual(first)
    expect(await draw(8)).not.toEqual(first)
  })
})

describe('the API', () => {
  it('is closed to whoever lacks the secret', async () => {
    for (const authorization of ['', 'Bearer', `Bearer ${SECRET}x`, SECRET]) {
      expect((await call('GET', '/faults', undefined, { authorization })).status).toBe(401)
    }
  })

  it.each([
    ['no key', sessionBody(), {}],
    ['a key with a space', sessionBody(), { 'idempotency-key': 'a b' }],
    ['no amount', sessionBody({ amountMinor: '0' }), { 'idempotency-key': 'chk_x' }],
    ['a decimal amount', sessionBody({ amountMinor: '11.60' }), { 'idempotency-key': 'chk_x' }],
    ['an unknown currency', sessionBody({ currency: 'XXX' }), { 'idempotency-key': 'chk_x' }],
    ['a script to return to', sessionBody({ returnUrl: 'javascript:alert(1)' }), { 'idempotency-key': 'chk_x' }],
    ['a time that is past', sessionBody({ expiresAt: 1 }), { 'idempotency-key': 'chk_x' }],
    ['an unknown field', sessionBody({ payer: 'somebody' }), { 'idempotency-key': 'chk_x' }],
  ])('refuses a session with %s', async (_what, body, headers) => {
    expect((await call('POST', '/sessions', body, headers as Record<string, string>)).status).toBe(422)
    expect((await journal()).map((entry) => entry.op)).toEqual(['opened'])
  })

  it('refuses a key that stands for another request, in every field', async () => {
    const body = sessionBody()
    const send = (change: object): Promise<Answer> => call('POST', '/sessions', { ...body, ...change }, { 'idempotency-key': 'chk_same' })
    expect((await send({})).status).toBe(200)
    for (const change of [{ amountMinor: '1' }, { currency: 'JPY' }, { title: 'x' }, { language: 'en' }, { returnUrl: 'http://127.0.0.1/' }, { expiresAt: body.expiresAt + 1 }]) {
      expect((await send(change)).body).toMatchObject({ error: { code: 'idempotency_mismatch' } })
    }
  })

  it('answers what is malformed or unknown in its own words', async () => {
    const broken = await fetch(`${url}/sessions`, { method: 'POST', headers: { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' }, body: '{' })
    expect([broken.status, await broken.json()]).toEqual([400, { error: expect.objectContaining({ code: 'request_malformed' }) }])
    expect((await call('GET', '/nothing')).body).toMatchObject({ error: { code: 'route_not_found' } })
  })
})

describe('fees', () => {
  it.each([['card', 10_001n, 150n], ['card', 1n, 0n], ['simple_pay', 10_001n, 100n], ['bank_account', 10_001n, 200n], ['bank_account', 199n, 199n]] as const)(
    'of %s on %s are %s, in whole units and never more than the payment', (method, gross, fee) => {
      expect(feeOf(method, gross)).toBe(fee)
    })
})
