import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { appendFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { ChannelReceipt, Notice } from '../../../domain/ports/channel.ts'
import { startHarness } from './harness.ts'
import { adapter } from './index.ts'
import { failure } from '../../../test/support/expected-errors.ts'

const NOTICE: Notice = {
  purpose: 'notice',
  language: 'en',
  institution: 'West Borough Libraries',
  citizenName: 'Jane Public',
  subject: 'Your library charge',
  paragraphs: ['Please pay.'],
  facts: [{ label: 'Amount', value: '£11.60' }],
  action: { label: 'View and pay', url: 'https://goji.example/b/1' },
}

let harness: Awaited<ReturnType<typeof startHarness>>
let counter = 0
const newKey = (): string => `dlv_app_${(counter += 1)}`
const patience = (): AbortSignal => AbortSignal.timeout(20_000)
const send = (key: string, address: string, signal = patience()): Promise<ChannelReceipt> =>
  harness.channel.send({ key, address, notice: NOTICE }, signal)

const acceptances = async (key: string): Promise<number> =>
  (await harness.driver.journal()).filter((entry) => entry.event === 'accepted' && entry.key === key).length

/** An adapter for the same relays, one field of one of them changed. */
function changed(name: string, change: Readonly<Record<string, string>>) {
  const relays = JSON.parse(harness.driver.settings['APP_RELAYS'] ?? '[]') as { name: string }[]
  return adapter.create({ APP_RELAYS: JSON.stringify(relays.map((relay) => (relay.name === name ? { ...relay, ...change } : relay))) })
}

beforeAll(async () => {
  harness = await startHarness()
}, 60_000)
afterAll(() => harness.stop())

describe('a relay that is in trouble', () => {
  afterEach(() => harness.driver.heal())

  it.each([
    ['errorBefore', 'unknown', 'internal', 0],
    ['errorAfterEffect', 'unknown', 'internal', 1],
    ['drop', 'unknown', 'connection_broken', 1],
    ['brokenBody', 'unknown', 'answer_malformed', 1],
    ['htmlError', 'unknown', 'http_502', 0],
    ['rateLimit', 'temporary', 'rate_limited', 0],
    ['unavailable', 'temporary', 'unavailable', 0],
  ])('%s: %s, and the key tells what happened', async (mode, kind, code, effects) => {
    const key = newKey()
    await harness.driver.fault({ op: 'delivery', mode, key })
    expect(await failure(send(key, 'pay:citizen'))).toMatchObject({ kind, code })
    expect(await acceptances(key)).toBe(effects)
    const found = await harness.channel.receipt(key, patience(), 'pay:citizen')
    expect(found === null ? null : found.level).toBe(effects === 0 ? null : 'delivered')
    expect(await send(key, 'pay:citizen')).toMatchObject({ level: 'delivered' })
    expect(await acceptances(key)).toBe(1)
  })

  it('says when to come back', async () => {
    const key = newKey()
    await harness.driver.fault({ op: 'delivery', mode: 'rateLimit', key, delayMs: 7_000 })
    expect(await failure(send(key, 'pay:citizen'))).toMatchObject({ retryAfter: 7_000 })
  })

  it('is merely asked again later when it fails at a question', async () => {
    await harness.driver.fault({ op: 'reachability', mode: 'errorBefore' })
    expect(await failure(harness.channel.reachable('pay:citizen', patience()))).toMatchObject({ kind: 'temporary' })
  })

  it('keeps "nobody knows the key" from being said', async () => {
    const key = newKey()
    await harness.driver.fault({ op: 'inquiry', mode: 'unavailable', relay: 'talk', key })
    expect(await failure(harness.channel.receipt(key, patience(), 'pay:citizen'))).toMatchObject({ kind: 'temporary' })
    expect(await harness.channel.receipt(key, patience(), 'pay:citizen')).toBeNull()
  })

  it('does not hide a delivery that another relay knows', async () => {
    const key = newKey()
    await send(key, 'pay:citizen')
    await harness.driver.fault({ op: 'inquiry', mode: 'unavailable', relay: 'talk', key })
    expect(await harness.channel.receipt(key, patience(), 'pay:citizen')).toMatchObject({ level: 'delivered' })
  })

  it('that is not there is tried again', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    await new Promise((resolve) => closed.close(resolve))
    const away = changed('pay', { url: `http://127.0.0.1:${port}/pay` })
    expect(await failure(away.send({ key: newKey(), address: 'pay:citizen', notice: NOTICE }, patience()))).toMatchObject({
      kind: 'temporary',
    })
  })

  it('that does not know our secret is a mistake of ours', async () => {
    const stranger = changed('pay', { secret: randomBytes(32).toString('base64') })
    expect(await failure(stranger.send({ key: newKey(), address: 'pay:citizen', notice: NOTICE }, patience()))).toMatchObject({
      kind: 'technical',
      code: 'signature_invalid',
    })
    expect(await failure(stranger.receipt(newKey(), patience(), 'pay:citizen'))).toMatchObject({ kind: 'technical' })
  })
})

describe('a delivery', () => {
  it('keeps its first recipient', async () => {
    const key = newKey()
    await send(key, 'pay:citizen')
    expect(await failure(send(key, 'pay:other'))).toMatchObject({ kind: 'technical', code: 'key_reused' })
  })

  it('that failed for a time is attempted again under its key, and shown once', async () => {
    const key = newKey()
    expect(await send(key, 'pay:temporary-1')).toMatchObject({ level: 'failed', kind: 'temporary', code: 'device_unreachable' })
    const [second, third] = [await send(key, 'pay:temporary-1'), await send(key, 'pay:temporary-1')]
    expect(second).toMatchObject({ level: 'delivered' })
    expect(third).toEqual(second)
    const page = await harness.driver.page('/pay/recipients/temporary-1')
    expect(page.split(`data-key="${key}"`)).toHaveLength(2)
  })

  it('that failed for good stays so', async () => {
    const key = newKey()
    const first = await send(key, 'talk:permanent-1')
    expect(first).toMatchObject({ level: 'failed', kind: 'permanent', code: 'account_closed' })
    expect(await send(key, 'talk:permanent-1')).toEqual(first)
  })
})

describe('the simulated relays', () => {
  it('send no webhook for what the answer has said', async () => {
    const key = newKey()
    expect(await send(key, 'pay:citizen')).toMatchObject({ level: 'delivered' })
    await harness.driver.open(key, 'pay')
    const [only] = await harness.driver.webhooks(key, 1)
    expect(JSON.parse(String(only?.body))).toMatchObject({ status: 'opened' })
  })

  it('know an unread notice from an opened one on the page', async () => {
    const key = newKey()
    await send(key, 'pay:reader-1')
    expect(await harness.driver.page('/pay/recipients/reader-1')).toContain(`href="${NOTICE.action.url}"`)
    expect(await harness.driver.page('/pay/recipients/reader-1')).toContain('data-status="delivered"')
    await harness.driver.open(key, 'pay')
    expect(await harness.driver.page('/pay/recipients/reader-1')).toContain('data-status="opened"')
    expect(await harness.driver.page('/')).toContain('/pay/recipients/reader-1')
  })

  it.each([false, true])('repeat a webhook until it is taken, with a kill in between: %s', async (killed) => {
    const key = newKey()
    harness.driver.listen(false)
    await send(key, 'pay:citizen')
    const refused = harness.driver.refused()
    await harness.driver.open(key, 'pay')
    await refused
    if (killed) await harness.driver.crash()
    harness.driver.listen(true)
    const [webhook] = await harness.driver.webhooks(key, 1)
    expect(harness.channel.translate(webhook?.headers ?? {}, webhook?.body ?? Buffer.alloc(0), Date.now())[0]).toMatchObject({
      key,
      receipt: { level: 'read' },
    })
  })

  it('start from a journal whose last line was torn', async () => {
    const key = newKey()
    await send(key, 'pay:citizen')
    await appendFile(join(harness.driver.folder, 'journal.jsonl'), '{"event":"acc')
    await harness.driver.crash()
    expect(await harness.channel.receipt(key, patience(), 'pay:citizen')).toMatchObject({ level: 'delivered' })
    await send(newKey(), 'pay:citizen')
    await expect(harness.driver.journal()).resolves.toContainEqual(expect.objectContaining({ event: 'accepted', key }))
  })

  it.each([
    ['duplicate', 2],
    ['wrongSignature', 2],
    ['late', 1],
  ])('misbehave with webhooks on request: %s', async (mode, count) => {
    const key = newKey()
    await send(key, 'pay:citizen')
    await harness.driver.fault({ op: 'webhook', mode, key, delayMs: 20 })
    await harness.driver.open(key, 'pay')
    const webhooks = await harness.driver.webhooks(key, count)
    const taken = webhooks.map(({ headers, body }) => {
      try {
        return harness.channel.translate(headers, body, Date.now())[0]?.eventId
      } catch {
        return 'refused'
      }
    })
    expect(new Set(taken)).toEqual(new Set(mode === 'wrongSignature' ? ['refused', `pay:${key}:1:opened`] : [`pay:${key}:1:opened`]))
    expect(
      (await harness.driver.journal()).some((entry) => entry.event === 'fault' && entry.fault === `webhook.${mode}` && entry.key === key),
    ).toBe(true)
  })

  it('lose a webhook on request, so that only asking helps', async () => {
    const key = newKey()
    await send(key, 'pay:citizen')
    await harness.driver.fault({ op: 'webhook', mode: 'drop', key })
    await harness.driver.open(key, 'pay')
    expect((await harness.driver.journal()).some((entry) => entry.event === 'notified' && entry.key === key && entry.lost)).toBe(true)
    expect(await harness.channel.receipt(key, patience(), 'pay:citizen')).toMatchObject({ level: 'read' })
  })
})

describe('a webhook', () => {
  it('of one relay is refused in the name of another', async () => {
    const key = newKey()
    await send(key, 'pay:citizen')
    await harness.driver.open(key, 'pay')
    const [webhook] = await harness.driver.webhooks(key, 1)
    const translate = (relay: string | undefined) => () =>
      harness.channel.translate({ ...webhook?.headers, 'goji-relay': relay }, webhook?.body ?? Buffer.alloc(0), Date.now())
    expect(translate('pay')()).toMatchObject([{ key }])
    for (const relay of ['talk', 'nowhere', '__proto__', undefined])
      expect(translate(relay)).toThrow(expect.objectContaining({ code: 'signature_invalid' }))
  })

  it.each([
    ['no JSON', 'hello', 'webhook_malformed'],
    ['half a report', '{"key":"dlv_1"}', 'webhook_malformed'],
    ['a time that is none', '{"key":"dlv_1","reference":"r","status":"opened","at":"yesterday"}', 'webhook_malformed'],
    ['an unknown word', '{"key":"dlv_1","reference":"r","status":"seen","at":"2026-11-24T00:00:00Z"}', 'status_unknown'],
  ])('that is signed and has %s is refused with its own code', (_what, body, code) => {
    const webhook = harness.driver.signed('card', Buffer.from(body), Date.now())
    expect(() => harness.channel.translate(webhook.headers, webhook.body, Date.now())).toThrow(expect.objectContaining({ code }))
  })
})
