import { describe, expect, it } from '@jest/globals'
import type { GatewayHarnessModule } from '../../../test/contract/gateway-harness.ts'
import { startHarness } from './harness.ts'
import { type Answer, Bench, SECRET, sessionBody } from './simulator-bench.ts'
import { feeOf } from './simulator/settlement.ts'

// The contract suite finds the harness by folder, so only here does the compiler see whether it is as expected.
void (startHarness satisfies GatewayHarnessModule['startHarness'])

const bench = new Bench()

describe('the API', () => {
  it('is closed to whoever lacks the secret', async () => {
    for (const authorization of ['', 'Bearer', `Bearer ${SECRET}x`, SECRET]) {
      expect((await bench.call('GET', '/faults', undefined, { authorization })).status).toBe(401)
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
    expect((await bench.call('POST', '/sessions', body, headers as Record<string, string>)).status).toBe(422)
    expect((await bench.journal()).map((entry) => entry.op)).toEqual(['opened'])
  })

  it('refuses a key that stands for another request, in every field', async () => {
    const body = sessionBody()
    const send = (change: object): Promise<Answer> =>
      bench.call('POST', '/sessions', { ...body, ...change }, { 'idempotency-key': 'chk_same' })
    expect((await send({})).status).toBe(200)
    for (const change of [
      { amountMinor: '1' },
      { currency: 'JPY' },
      { title: 'x' },
      { language: 'en' },
      { returnUrl: 'http://127.0.0.1/' },
      { expiresAt: body.expiresAt + 1 },
    ]) {
      expect((await send(change)).body).toMatchObject({ error: { code: 'idempotency_mismatch' } })
    }
  })

  it('answers what is malformed or unknown in its own words', async () => {
    const broken = await fetch(`${bench.url}/sessions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' },
      body: '{',
    })
    expect([broken.status, await broken.json()]).toEqual([400, { error: expect.objectContaining({ code: 'request_malformed' }) }])
    expect((await bench.call('GET', '/nothing')).body).toMatchObject({ error: { code: 'route_not_found' } })
  })
})

describe('faults', () => {
  it('that cannot befall an operation are refused', async () => {
    for (const fault of [
      { op: 'capture', mode: 'duplicate' },
      { op: 'payment', mode: 'decline' },
      { op: 'webhook', mode: 'errorBefore' },
      { op: 'capture', mode: 'drop', times: 0 },
      { op: 'capture', mode: 'drop', often: true },
      { op: 'pay', mode: 'drop' },
    ]) {
      expect((await bench.call('POST', '/faults', [fault])).status).toBe(422)
    }
    expect((await bench.call('GET', '/faults')).body).toEqual({ rules: [], injected: {} })
  })

  it('befall as many requests as was said, and none after they were deleted', async () => {
    const { key } = await bench.open()
    await bench.call('POST', '/faults', [{ op: 'payment', mode: 'errorBefore', times: 2 }])
    const statuses = []
    for (let n = 0; n < 3; n += 1) statuses.push((await bench.call('GET', `/sessions/${key}`)).status)
    expect(statuses).toEqual([500, 500, 200])
    await bench.call('POST', '/faults', [{ op: 'payment', mode: 'errorBefore', times: 9 }])
    await bench.call('DELETE', '/faults')
    expect((await bench.call('GET', `/sessions/${key}`)).status).toBe(200)
    expect((await bench.call('GET', '/faults')).body).toEqual({ rules: [], injected: { 'payment.errorBefore': 2 } })
  })

  it('with a probability are the same for the same seed', async () => {
    const draw = async (seed: number): Promise<number[]> => {
      await bench.restart(seed)
      const { key } = await bench.open()
      await bench.call('POST', '/faults', [{ op: 'payment', mode: 'rateLimit', probability: 0.5 }])
      const statuses = []
      for (let n = 0; n < 20; n += 1) statuses.push((await bench.call('GET', `/sessions/${key}`)).status)
      return statuses
    }
    const first = await draw(7)
    expect(new Set(first)).toEqual(new Set([200, 429]))
    expect(await draw(7)).toEqual(first)
    expect(await draw(8)).not.toEqual(first)
  })
})

describe('fees', () => {
  it.each([
    ['card', 10_001n, 150n],
    ['card', 1n, 0n],
    ['simple_pay', 10_001n, 100n],
    ['bank_account', 10_001n, 200n],
    ['bank_account', 199n, 199n],
  ] as const)('of %s on %s are %s, in whole units and never more than the payment', (method, gross, fee) => {
    expect(feeOf(method, gross)).toBe(fee)
  })
})
