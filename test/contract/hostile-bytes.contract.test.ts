import { existsSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { money } from '../../domain/money.ts'
import { describeIf } from '../support/skip.ts'
import { spoilt, valueOrRefusal } from '../support/spoilt.ts'
import type { ChannelHarness, ChannelHarnessModule, RawWebhook } from './channel-harness.ts'
import { GATEWAY_ABILITIES, type GatewayAbility, type GatewayHarness, type GatewayHarnessModule } from './gateway-harness.ts'

/**
 * What comes from a provider is as hostile as what comes from anybody: whoever holds its secret, or has found a hole in it,
 * may send rightly signed nonsense. No adapter answers that with anything but its own refusal.
 */
const FOLDER = new URL('../../adapters/', import.meta.url)
const namesOf = (kind: string): string[] =>
  readdirSync(new URL(`${kind}/`, FOLDER)).filter((name) => existsSync(new URL(`${kind}/${name}/harness.ts`, FOLDER)))
const gateways: { name: string; module: GatewayHarnessModule }[] = []
for (const name of namesOf('gateways'))
  gateways.push({ name, module: (await import(new URL(`gateways/${name}/harness.ts`, FOLDER).href)) as GatewayHarnessModule })
const channels: { name: string; module: ChannelHarnessModule }[] = []
for (const name of namesOf('channels'))
  channels.push({ name, module: (await import(new URL(`channels/${name}/harness.ts`, FOLDER).href)) as ChannelHarnessModule })

const RUNS = { numRuns: 300 }
const patience = (): AbortSignal => AbortSignal.timeout(20_000)

/** Asks the adapter to translate whatever body, signed as its provider would. */
function translateAll(webhook: RawWebhook, sign: (body: Buffer) => RawWebhook, translate: (webhook: RawWebhook) => unknown): void {
  expect(valueOrRefusal(() => translate(sign(webhook.body)))).not.toBeInstanceOf(Error)
  fc.assert(
    fc.property(spoilt(webhook.body), (body) => void valueOrRefusal(() => translate(sign(body)))),
    RUNS,
  )
  const header = fc.constantFrom(...Object.keys(webhook.headers))
  fc.assert(
    fc.property(header, fc.string({ unit: 'binary', maxLength: 200 }), (name, value) => {
      const { headers, body } = sign(webhook.body)
      return void valueOrRefusal(() => translate({ headers: { ...headers, [name]: value }, body }))
    }),
    RUNS,
  )
}

describe.each(gateways.filter(({ module }) => module.onlyInstructs !== true))('the gateway $name', ({ module }) => {
  const can = (ability: GatewayAbility): boolean => (module.abilities ?? GATEWAY_ABILITIES).includes(ability)
  let harness: GatewayHarness
  beforeAll(async () => {
    harness = await module.startHarness()
  }, 60_000)
  afterAll(() => harness.stop())

  const captured = async (key: string): Promise<void> => {
    const { gateway, driver } = harness
    const order = {
      title: '수도 요금',
      language: 'ko',
      returnUrl: 'http://127.0.0.1:9/return',
      expiresAt: (await driver.now()) + 600_000,
    } as const
    await gateway.openSession({ key, amount: money(12_500n, 'KRW'), ...order }, patience())
    await driver.authorize(key, 'card')
    await gateway.capture(key, patience())
  }

  it('translates webhooks of any content', async () => {
    const { gateway, driver } = harness
    await captured('hostile_1')
    const [webhook = { headers: {}, body: Buffer.alloc(0) }] = await driver.webhooks('hostile_1', 1)
    const now = await driver.now()
    const sign = (body: Buffer): RawWebhook =>
      can('signs') ? driver.rotated({ headers: webhook.headers, body }, now) : { ...webhook, body }
    translateAll(webhook, sign, ({ headers, body }) => gateway.translate(headers, body, now))
  })

  if (can('settles'))
    it('reads settlement files of any content', async () => {
      const { gateway, driver } = harness
      await captured('hostile_2')
      const [name = ''] = await driver.settle()
      const text = await gateway.settlementFile(name, patience())
      expect(gateway.parseSettlement(text).lines.length).toBeGreaterThan(0)
      fc.assert(
        fc.property(spoilt(Buffer.from(text)), (bytes) => void valueOrRefusal(() => gateway.parseSettlement(bytes.toString('utf8')))),
        RUNS,
      )
    })
})

for (const { name, module } of channels.filter(({ module: { abilities } }) => abilities.includes('reports'))) {
  const reason = module.unavailable()
  describeIf(reason === null, reason ?? '')(`the channel ${name}`, () => {
    let harness: ChannelHarness
    beforeAll(async () => {
      harness = await module.startHarness()
    }, 60_000)
    afterAll(() => harness.stop())

    it('translates webhooks of any content', async () => {
      const { channel, driver, address } = harness
      const words = { institution: '양천구청', citizenName: '홍길동', subject: '고지', paragraphs: ['글'], facts: [] }
      const action = { label: '보기', url: 'https://goji.example/n/x' }
      const notice = { purpose: 'notice', language: 'ko', ...words, action } as const
      await channel.send({ key: 'dlv_hostile', address, notice }, patience())
      const [webhook = { headers: {}, body: Buffer.alloc(0) }] = await driver.webhooks('dlv_hostile', 1)
      const now = Date.now()
      const sign = (body: Buffer): RawWebhook =>
        module.abilities.includes('signs') ? driver.rotated({ headers: webhook.headers, body }, now) : { ...webhook, body }
      translateAll(webhook, sign, (signed) => channel.translate(signed.headers, signed.body, now))
    })
  })
}
