import { existsSync, readdirSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { ProviderError } from '../../domain/errors.ts'
import type { AdapterModule } from '../../domain/ports/adapter.ts'
import type { Channel, ChannelReceipt, Notice } from '../../domain/ports/channel.ts'
import { RECEIPT_LEVELS } from '../../domain/policy.ts'
import { describeIf } from '../support/skip.ts'
import type { Ability, ChannelDriver, ChannelHarness, ChannelHarnessModule, FailureKind, RawWebhook } from './channel-harness.ts'
import { failure, refusal } from '../support/expected-errors.ts'

/**
 * The promises of the channel port, kept by every folder under `adapters/channels`. What the citizen got is read from the
 * counterpart (a mail server, a simulated app): what an adapter says of itself proves nothing.
 */
const FOLDER = new URL('../../adapters/channels/', import.meta.url)
const names = readdirSync(FOLDER).filter((name) => existsSync(new URL(`${name}/index.ts`, FOLDER)))
const modules: { name: string; adapter: AdapterModule<Channel>; module: ChannelHarnessModule }[] = []
// One after the other: jest mixes up modules that two imports at the same time have in common.
for (const name of names) {
  const { adapter } = (await import(new URL(`${name}/index.ts`, FOLDER).href)) as { adapter: AdapterModule<Channel> }
  modules.push({ name, adapter, module: (await import(new URL(`${name}/harness.ts`, FOLDER).href)) as ChannelHarnessModule })
}

const NOTICE: Notice = {
  purpose: 'notice',
  language: 'ko',
  institution: '양천구청',
  citizenName: '뷁쀍 홍길동',
  subject: '2026년 10월 수도 요금 고지',
  paragraphs: [
    '수도 요금이 고지되었습니다. 납부 기한까지 내 주시기 바랍니다.',
    '<b>굵게</b> & "따옴표" \'작은따옴표\' 는 글자 그대로 보입니다.',
  ],
  facts: [
    { label: '납부할 금액', value: '12,500원' },
    { label: '납부 기한', value: '2026년 12월 31일' },
  ],
  action: { label: '고지서 보기', url: 'https://goji.example/b/abc?token=x-1&lang=ko' },
}
const WORDS = [
  NOTICE.institution,
  NOTICE.subject,
  ...NOTICE.paragraphs,
  ...NOTICE.facts.flatMap(({ label, value }) => [label, value]),
  NOTICE.action.label,
  NOTICE.action.url,
]

/** What is left of them where there is room for little. */
const BRIEF = [NOTICE.institution, NOTICE.subject, NOTICE.action.url]

const patience = (): AbortSignal => AbortSignal.timeout(20_000)
/** For calls that are never answered: long enough for the effect, which the suite checks afterwards. */
const impatience = (): AbortSignal => AbortSignal.timeout(1_000)

let counter = 0
const newKey = (): string => `dlv_contract_${(counter += 1)}`

/** How a send failed: a channel may throw, or answer with a receipt that says so. */
const failedKind = (call: Promise<ChannelReceipt>): Promise<string> =>
  call.then(
    (receipt) => (receipt.level === 'failed' ? receipt.kind : `not at all: ${receipt.level}`),
    (error: unknown) => (error instanceof ProviderError ? error.kind : Promise.reject(error)),
  )

describe('the channels', () => {
  it.each(modules)('$name is found under the name of its folder', ({ name, adapter }) => {
    expect([adapter.kind, adapter.name]).toEqual(['channel', name])
    expect(adapter.description).not.toBe('')
  })

  it.each(modules)('$name refuses to start without its required settings, naming them', ({ adapter }) => {
    const required = Object.entries(adapter.settings)
      .filter(([, { required }]) => required)
      .map(([name]) => name)
    if (required.length === 0) expect(adapter.create({})).toMatchObject({ name: adapter.name })
    else
      expect(refusal(() => adapter.create({}))).toMatchObject({
        code: 'setting_invalid',
        message: expect.stringContaining(required[0] ?? ''),
      })
  })
})

for (const { name, module } of modules) {
  const reason = module.unavailable()
  describeIf(reason === null, reason ?? '')(`the channel ${name}`, () => {
    let harness: ChannelHarness
    let channel: Channel
    let driver: ChannelDriver
    const can = (ability: Ability): boolean => module.abilities.includes(ability)
    const send = (key: string, address = harness.address, notice = NOTICE, signal = patience()): Promise<ChannelReceipt> =>
      channel.send({ key, address, notice }, signal)

    beforeAll(async () => {
      harness = await module.startHarness()
      ;({ channel, driver } = harness)
    }, 60_000)
    afterAll(() => harness.stop())

    it('reaches a citizen, and says of nobody else that it can', async () => {
      expect(await channel.reachable('', patience())).toBe(!channel.needsAddress)
      expect(await channel.reachable(harness.address, patience())).toBe(true)
      for (const { why, address } of harness.unreachable) {
        expect({ why, reachable: await channel.reachable(address, patience()) }).toEqual({ why, reachable: false })
        expect({ why, kind: await failedKind(send(newKey(), address)) }).toEqual({ why, kind: 'permanent' })
      }
    })

    it('answers a send with a receipt of now, no higher than it can report', async () => {
      const before = Date.now()
      const receipt = await send(newKey())
      if (receipt.level === 'failed' || receipt.level === 'returned') throw new Error(`The send ended as ${receipt.level}.`)
      expect(RECEIPT_LEVELS.indexOf(receipt.level)).toBeLessThanOrEqual(RECEIPT_LEVELS.indexOf(channel.reports))
      expect(receipt.at).toBeGreaterThanOrEqual(before)
      expect(receipt.at).toBeLessThanOrEqual(Date.now())
      expect(receipt.reference).toMatch(/^.{1,200}$/)
      expect(receipt.reference).not.toContain(harness.address)
    })

    it('knows nothing of a delivery that never was', async () => {
      expect(await channel.receipt(newKey(), patience(), harness.address)).toBeNull()
    })

    it('reports the same delivery for the same key, one after another and at the same time', async () => {
      const key = newKey()
      const first = await send(key)
      const others = await Promise.all(Array.from({ length: 5 }, () => send(key)))
      if (channel.repeat === 'idempotent') for (const other of others) expect(other.reference).toBe(first.reference)
      if (!can('shows')) return
      const shown = await driver.shown(key, 1)
      if (channel.repeat === 'atLeastOnce') expect(new Set(shown.map(({ messageId }) => messageId)).size).toBe(1)
      else expect(shown).toHaveLength(1)
    })

    if (can('shows')) {
      it('shows the citizen every word, Korean and markup included', async () => {
        const key = newKey()
        await send(key)
        const [message] = await driver.shown(key, 1)
        for (const word of can('brief') ? BRIEF : WORDS) expect(message?.text).toContain(word)
      })

      it('shows a message in English', async () => {
        const key = newKey()
        await send(key, harness.address, { ...NOTICE, language: 'en', subject: 'Your water bill of October 2026' })
        expect((await driver.shown(key, 1))[0]?.text).toContain('Your water bill of October 2026')
      })

      it('keeps two deliveries to one citizen apart', async () => {
        const keys = [newKey(), newKey()]
        await Promise.all(keys.map((key) => send(key)))
        for (const key of keys) expect(await driver.shown(key, 1)).toHaveLength(1)
      })
    }

    if (can('fails')) {
      describe('when its counterpart refuses', () => {
        afterEach(() => driver.heal())

        it.each<FailureKind>(['temporary', 'permanent', 'technical'])('calls a %s failure what it is, and shows nothing', async (kind) => {
          const key = newKey()
          const address = await driver.fail(kind)
          expect(await failedKind(send(key, address))).toBe(kind)
          expect(await driver.shown(key, 0)).toEqual([])
        })

        it('delivers under the same key once a temporary failure is over', async () => {
          const key = newKey()
          const address = await driver.fail('temporary')
          expect(await failedKind(send(key, address))).toBe('temporary')
          await driver.heal()
          expect(await send(key)).not.toMatchObject({ level: 'failed' })
          expect(await driver.shown(key, 1)).toHaveLength(1)
        })
      })
    }

    if (can('losesAnswers')) {
      it('calls a lost answer unknown, and finds out before anything is shown twice', async () => {
        const key = newKey()
        await driver.loseAnswer()
        expect((await failure(send(key, harness.address, NOTICE, impatience()))).kind).toBe('unknown')
        expect(await driver.shown(key, 1)).toHaveLength(1)
        const found = await channel.receipt(key, patience(), harness.address)
        const repeated = await send(key)
        if (channel.repeat === 'atLeastOnce') {
          // Nobody can be asked: the repetition may be seen, and is the same message.
          expect(found).toBeNull()
          expect(new Set((await driver.shown(key, 2)).map(({ messageId }) => messageId)).size).toBe(1)
        } else {
          expect(found).toMatchObject({ reference: repeated.reference })
          expect(await driver.shown(key, 1)).toHaveLength(1)
        }
      })
    }

    if (can('crashes')) {
      it('loses nothing that was acknowledged when its counterpart is killed', async () => {
        const keys = Array.from({ length: 20 }, newKey)
        const receipts = await Promise.all(keys.map((key) => send(key)))
        await driver.crash()
        for (const [index, key] of keys.entries()) {
          expect(await channel.receipt(key, patience(), harness.address)).toMatchObject({ reference: receipts[index]?.reference })
          await send(key)
          expect(await driver.shown(key, 1)).toHaveLength(1)
        }
      })
    }

    if (!can('reports')) {
      it('has no webhooks', () => {
        expect(refusal(() => channel.translate({}, Buffer.from('{}'), Date.now())).kind).toBe('notFound')
      })
    } else {
      describe('its webhooks', () => {
        let key: string
        let webhook: RawWebhook
        const signedAt = (): number => Number(webhook.headers['webhook-timestamp']) * 1000
        const translate = (headers: RawWebhook['headers'], body = webhook.body, now = Date.now()): unknown =>
          channel.translate(headers, body, now)[0]
        const code = (act: () => unknown): string => refusal(act).code

        beforeAll(async () => {
          key = newKey()
          await send(key)
          await driver.shown(key, 1)
          if (can('opens')) await driver.open(key)
          webhook = (await driver.webhooks(key, can('opens') ? 2 : 1)).at(-1) ?? { headers: {}, body: Buffer.alloc(0) }
        })

        it('say what became of the delivery, under our key', async () => {
          const notices = channel.translate(webhook.headers, webhook.body, Date.now())
          expect(notices).toMatchObject([{ key, receipt: { level: channel.reports } }])
          expect(await channel.receipt(key, patience(), harness.address)).toEqual(notices[0]?.receipt)
        })

        it('each have an id of their own', async () => {
          const all = await driver.webhooks(key, 1)
          const ids = all.flatMap(({ headers, body }) => channel.translate(headers, body, Date.now()).map(({ eventId }) => eventId))
          expect(new Set(ids).size).toBe(all.length)
        })

        it('are refused without the proof of who sends them, or with another one', () => {
          expect(code(() => translate({}))).toBe('signature_invalid')
          const without = (header: string) => ({ ...webhook.headers, [header]: undefined })
          const proof = Object.keys(webhook.headers).filter((header) => {
            try {
              translate(without(header))
              return false
            } catch {
              return true
            }
          })
          expect(proof).not.toEqual([])
          for (const header of proof) {
            const value = webhook.headers[header] ?? ''
            const altered = { ...webhook.headers, [header]: value.slice(0, -2) + (value.at(-2) === '1' ? '2' : '1') + value.slice(-1) }
            expect(code(() => translate(altered))).toBe('signature_invalid')
          }
        })

        if (!can('signs')) return

        it.each([-299, 299])('are taken %i seconds off', (seconds) => {
          expect(translate(webhook.headers, webhook.body, signedAt() + seconds * 1000)).toMatchObject({ key })
        })

        it.each([-301, 301])('are refused %i seconds off', (seconds) => {
          expect(code(() => translate(webhook.headers, webhook.body, signedAt() + seconds * 1000))).toBe('signature_invalid')
        })

        it('are refused with one byte changed, one added or all gone', () => {
          const changed = Buffer.from(webhook.body)
          changed[10] = (changed[10] ?? 0) ^ 1
          for (const body of [changed, Buffer.concat([webhook.body, Buffer.from(' ')]), Buffer.alloc(0)]) {
            expect(code(() => translate(webhook.headers, body))).toBe('signature_invalid')
          }
        })

        it('are refused with any signed header changed or missing', () => {
          for (const header of Object.keys(webhook.headers).filter((name) => name.startsWith('webhook-'))) {
            const { [header]: value = '', ...rest } = webhook.headers
            expect(code(() => translate(rest))).toBe('signature_invalid')
            const last = value.at(-2) === '1' ? '2' : '1'
            expect(code(() => translate({ ...webhook.headers, [header]: `${value.slice(0, -2)}${last}${value.at(-1)}` }))).toBe(
              'signature_invalid',
            )
          }
        })

        it('are taken while the provider changes its secret', () => {
          const { headers, body } = driver.rotated(webhook, Date.now())
          expect(translate(headers, body)).toMatchObject({ key })
        })
      })
    }
  })
}
