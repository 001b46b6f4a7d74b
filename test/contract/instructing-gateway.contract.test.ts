import { existsSync, readdirSync } from 'node:fs'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { GojiError, ProviderError } from '../../domain/errors.ts'
import { money } from '../../domain/money.ts'
import type { Gateway, SessionRequest } from '../../domain/ports/gateway.ts'
import type { GatewayHarnessModule } from './gateway-harness.ts'

/**
 * The promises of gateways that only instruct: there is nobody to call, the citizen transfers by an instruction, and money
 * is seen in the bank's statements alone. What they say of a payment is never that it was made.
 */
const FOLDER = new URL('../../adapters/gateways/', import.meta.url)
const names = readdirSync(FOLDER).filter((name) => existsSync(new URL(`${name}/index.ts`, FOLDER)))
const modules: { name: string; module: GatewayHarnessModule }[] = []
// One after the other: jest mixes up modules that two imports at the same time have in common.
for (const name of names) modules.push({ name, module: (await import(new URL(`${name}/harness.ts`, FOLDER).href)) as GatewayHarnessModule })

const patience = (): AbortSignal => AbortSignal.timeout(5_000)
const request = (key: string): SessionRequest => ({
  key,
  amount: money(12_500n, 'KRW'),
  title: '1 bill',
  language: 'ko',
  returnUrl: `https://bills.example/checkouts/${key}/return`,
  expiresAt: Date.parse('2026-12-01T00:00:00Z'),
})
const KEYS = ['chk_01kb0000000000000000000001', 'chk_01kb0000000000000000000002']

describe.each(modules.filter(({ module }) => module.onlyInstructs === true))('the gateway $name', ({ name, module }) => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = (await module.startHarness()).gateway
  })

  it('bears the name of its folder', () => expect(gateway.name).toBe(name))

  it('has one instruction for a key, on a page of ours, and another one for another key', async () => {
    const [first, again, other] = await Promise.all(
      [KEYS[0], KEYS[0], KEYS[1]].map((key) => gateway.openSession(request(key ?? ''), patience())),
    )
    expect(again).toEqual(first)
    expect(other?.reference).not.toBe(first?.reference)
    expect(new URL(first?.url ?? '').origin).toBe('https://bills.example')
  })

  it('awaits the money for ever: only the bank can say that it came', async () => {
    const key = KEYS[0] ?? ''
    await gateway.openSession(request(key), patience())
    const asked = await Promise.all([gateway.payment(key, patience()), gateway.capture(key, patience()), gateway.cancel(key, patience())])
    for (const { status } of asked) expect(['pending', 'awaitingDeposit']).toContain(status)
    const [payment] = asked
    if (payment.status === 'awaitingDeposit') expect(payment.account.number).toMatch(/\S/)
  })

  it('gives back nothing by itself: the citizen has to name an account', async () => {
    const refund = gateway.refund({ key: 'ref_1', reference: 'any', amount: money(1n, 'KRW'), reason: 'paidTwice' }, patience())
    await expect(refund).rejects.toBeInstanceOf(ProviderError)
    await expect(refund).rejects.toMatchObject({ kind: 'permanent' })
    expect(await gateway.refundReport('ref_1', patience(), 'any')).toEqual({ status: 'unknown' })
  })

  it('has no settlement files and no webhooks', async () => {
    expect(await gateway.settlementFiles(patience())).toEqual([])
    expect(() => gateway.parseSettlement('')).toThrow(GojiError)
    expect(() => gateway.translate({}, Buffer.from('{}'), 0)).toThrow(expect.objectContaining({ code: 'signature_invalid' }))
  })
})
