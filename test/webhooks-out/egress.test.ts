import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { Webhook } from 'standardwebhooks'
import { readConfig } from '../../composition/config.ts'
import { guardedAgent } from '../../composition/egress/guarded-agent.ts'
import { createPostWebhook, type PostWebhook } from '../../composition/egress/post-webhook.ts'
import { newWebhookSecret, openSecret, sealSecret } from '../../composition/egress/secret-box.ts'
import { checkWebhookUrl, type Reach, reachOf } from '../../composition/egress/webhook-url.ts'
import { type Receiver, startReceiver } from './receiver.ts'

const PEPPER = 'p'.repeat(40)
const config = (changes: Record<string, string> = {}): ReturnType<typeof readConfig> =>
  readConfig({ DATABASE_URL: 'postgres://nowhere/x', GOJI_GATEWAY: 'x', GOJI_PEPPER: PEPPER, GOJI_LINK_SECRET: PEPPER, ...changes })
const clock = { now: () => Date.now() }
const secret = newWebhookSecret()
const call = (url: string, changes: object = {}): Parameters<PostWebhook>[0] => ({
  url,
  endpointId: 'whe_1',
  mode: 'test',
  eventId: 'evt_1',
  body: '{"type":"bill.paid","data":{"id":"bill_1"}}',
  secrets: [sealSecret(PEPPER, 'whe_1', secret)],
  ...changes,
})

/** Addresses of this machine, its network, a cloud's insides, in every spelling that a URL allows. */
const FORBIDDEN_HOSTS = [
  'localhost',
  'LOCALHOST.',
  '127.0.0.1',
  '127.1',
  '127.9.9.9',
  '2130706433',
  '0x7f.1',
  '0x7f000001',
  '0177.0.0.1',
  '0.0.0.0',
  '0',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[fd00::1]',
  '[fe80::1]',
  '[fec0::1]',
  '[ff02::1]',
  '[fd00:ec2::254]',
  '169.254.169.254',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '198.18.0.1',
  '192.0.2.1',
  '224.0.0.1',
  '255.255.255.255',
  '①②⑦.⓪.⓪.①',
]
const FORBIDDEN_URLS = [
  ...FORBIDDEN_HOSTS.map((host) => `https://${host}/hook`),
  'http://city.example/hook',
  'https://user@city.example/hook',
  'https://user:word@city.example/hook',
  'https://city.example:5432/hook',
  'https://city.example:80/hook',
  'ftp://city.example/hook',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://',
  'city.example',
  '//city.example',
  'https://rebound.example/hook',
  'https://mixed.example/hook',
  'https://nobody.example/hook',
]
const NAMES: Record<string, string[]> = {
  localhost: ['127.0.0.1'],
  'localhost.': ['127.0.0.1'],
  'city.example': ['203.0.114.7', '2606:4700::1'],
  'rebound.example': ['10.1.2.3'],
  'mixed.example': ['203.0.114.7', '::ffff:169.254.169.254'],
}
const resolve = async (name: string): Promise<string[]> => NAMES[name] ?? []

describe('the address of a webhook', () => {
  const strict = reachOf(config(), 'test')

  it.each(FORBIDDEN_URLS)('%s is refused when it is given', async (url) => {
    await expect(checkWebhookUrl(url, strict, resolve)).rejects.toMatchObject({ code: 'webhook_url_refused', pointer: '/url' })
  })

  it('may be a name or address of the Internet, on the ports of the settings', async () => {
    expect((await checkWebhookUrl('https://city.example/hook?x=1', strict, resolve)).href).toBe('https://city.example/hook?x=1')
    expect((await checkWebhookUrl('https://203.0.114.7/hook', strict, resolve)).port).toBe('')
    const wide = reachOf(config({ GOJI_WEBHOOK_PORTS: '443,8443' }), 'live')
    expect((await checkWebhookUrl('https://city.example:8443/', wide, resolve)).port).toBe('8443')
    await expect(checkWebhookUrl('https://city.example:8443/', strict, resolve)).rejects.toMatchObject({ code: 'webhook_url_refused' })
  })

  it('lies on this machine only for test keys, and only if a setting says so', async () => {
    const here = 'http://127.0.0.1:4242/hook'
    const loopback = config({ GOJI_WEBHOOK_LOOPBACK: 'on' })
    expect((await checkWebhookUrl(here, reachOf(loopback, 'test'), resolve)).port).toBe('4242')
    await expect(checkWebhookUrl(here, reachOf(loopback, 'live'), resolve)).rejects.toMatchObject({ code: 'webhook_url_refused' })
    await expect(checkWebhookUrl(here, strict, resolve)).rejects.toMatchObject({ code: 'webhook_url_refused' })
    await expect(checkWebhookUrl('http://10.0.0.1/', reachOf(loopback, 'test'), resolve)).rejects.toMatchObject({
      code: 'webhook_url_refused',
    })
  })
})

describe('a call to a forbidden address', () => {
  const lookup: typeof guardedAgent = (reach: Reach) =>
    guardedAgent(reach, (name, _options, done) => {
      const addresses = NAMES[name] ?? []
      if (addresses.length === 0) return done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), [])
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    })

  // Registered before its name moved, or put into the database by hand: nothing is sent either.
  it.each(FORBIDDEN_URLS.filter((url) => URL.canParse(url)))('%s is not made', async (url) => {
    const post = createPostWebhook({ config: config(), clock }, lookup)
    const { error, status } = await post(call(url))
    expect(status).toBeNull()
    expect(error).toMatch(/^(?:forbiddenAddress|nameNotFound)$/)
    if (!url.includes('nobody')) expect(error).toBe('forbiddenAddress')
  })

  it('is caught where a name resolves to this machine at the time of the call', async () => {
    let asked = 0
    const server = createServer((_request, response) => {
      asked++
      response.end()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const settings = config({ GOJI_WEBHOOK_PORTS: `443,${port}` })
    const post = createPostWebhook({ config: settings, clock })
    expect(await post(call(`https://localhost:${port}/`))).toMatchObject({ error: 'forbiddenAddress' })
    expect(asked).toBe(0)
    server.close()
  })
})

describe('a webhook', () => {
  let receiver: Receiver
  let post: PostWebhook
  beforeAll(async () => {
    receiver = await startReceiver()
    post = createPostWebhook({ config: config({ GOJI_WEBHOOK_LOOPBACK: 'on' }), clock })
  })
  afterEach(() => {
    receiver.received.length = 0
    receiver.mode = 204
  })
  afterAll(() => receiver.stop())

  it('verifies with the official library, by each secret that is in force', async () => {
    const other = newWebhookSecret()
    const id = `evt_${randomUUID()}`
    const result = await post(
      call(receiver.url, { eventId: id, secrets: [sealSecret(PEPPER, 'whe_1', other), sealSecret(PEPPER, 'whe_1', secret)] }),
    )
    expect(result).toMatchObject({ status: 204, error: null })
    const { headers = {}, text = '' } = receiver.received[0] ?? {}
    expect(headers['webhook-id']).toBe(id)
    for (const one of [secret, other]) expect(new Webhook(one).verify(text, headers)).toMatchObject({ type: 'bill.paid' })
    expect(() => new Webhook(newWebhookSecret()).verify(text, headers)).toThrow()
    expect(() => new Webhook(secret).verify(`${text} `, headers)).toThrow()
    expect(() => new Webhook(secret).verify(text, { ...headers, 'webhook-id': 'evt_2' })).toThrow()
  })

  it.each([
    [500, { status: 500, error: 'status', answer: 'no, thank you' }],
    [410, { status: 410, error: 'status' }],
    ['redirect', { status: 302, error: 'redirect' }],
    ['reset', { status: null, error: 'reset' }],
    ['half', { status: 200, error: null }],
  ] as const)('that meets "%s" says so', async (mode, expected) => {
    receiver.mode = mode
    expect(await post(call(receiver.url))).toMatchObject(expected)
    expect(receiver.received).toHaveLength(1)
  })

  it('waits no longer than its time', async () => {
    receiver.mode = 'hang'
    expect(await post(call(receiver.url), 300)).toMatchObject({ status: null, error: 'timeout' })
  })

  it('reads little of an answer without end', async () => {
    receiver.mode = 'flood'
    const result = await post(call(receiver.url))
    expect(result).toMatchObject({ status: 500, error: 'status' })
    expect(result.answer).toHaveLength(1_000)
    expect(receiver.flooded).toBeLessThan(9_000_000)
  })

  it('says what it cannot connect to', async () => {
    const { url, stop } = await startReceiver()
    await stop()
    expect(await post(call(url))).toMatchObject({ error: 'refused' })
  })

  it('is never larger than 20 kB', async () => {
    expect(await post(call(receiver.url, { body: `"${'x'.repeat(20_000)}"` }))).toMatchObject({ error: 'bodyTooLarge' })
    expect(receiver.received).toHaveLength(0)
  })
})

describe('a signing secret in the database', () => {
  it('opens with the pepper and for its own endpoint alone', () => {
    const sealed = sealSecret(PEPPER, 'whe_1', secret)
    expect(sealed.includes(Buffer.from(secret.slice(6), 'base64'))).toBe(false)
    expect(sealed.toString('latin1')).not.toContain(secret)
    expect(openSecret(PEPPER, 'whe_1', sealed)).toBe(secret)
    expect(() => openSecret(PEPPER, 'whe_2', sealed)).toThrow()
    expect(() => openSecret('q'.repeat(40), 'whe_1', sealed)).toThrow()
    sealed[20] = (sealed[20] ?? 0) ^ 1
    expect(() => openSecret(PEPPER, 'whe_1', sealed)).toThrow()
  })
})
