import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { decode, encode } from 'iconv-lite'
import fc from 'fast-check'
import { type GojiError, ProviderError } from '../../../domain/errors.ts'
import type { Notice } from '../../../domain/ports/channel.ts'
import { adapter } from '../../channels/sms/index.ts'
import { startHarness } from '../../channels/sms/harness.ts'
import { carrierBytes, shortened } from './bytes.ts'
import { messageOf } from '../../channels/sms/message.ts'
import { mobileNumber } from './phone.ts'
import { meaningOf, STATUSES } from './statuses.ts'
import { webhookProof } from './webhook.ts'
import { failure } from '../../../test/support/expected-errors.ts'

const NOTICE: Notice = {
  purpose: 'notice',
  language: 'ko',
  institution: '양천구청',
  citizenName: '홍길동',
  subject: '[양천구청] 수도 요금 고지서가 도착했습니다',
  paragraphs: ['홍길동님, 안녕하세요.'],
  facts: [{ label: '납부할 금액', value: '12,500원' }],
  action: { label: '열기', url: 'https://goji.example/n/abc' },
}
const patience = (): AbortSignal => AbortSignal.timeout(20_000)
const request = (key: string, address = '01012345678') => ({ key, address, notice: NOTICE })

describe('a telephone number', () => {
  it.each([
    ['010-1234-5678', '01012345678'],
    ['01012345678', '01012345678'],
    ['+82 10-1234-5678', '01012345678'],
    ['+82 (0)10 1234 5678', '01012345678'],
    ['821012345678', '01012345678'],
    ['011-123-4567', '0111234567'],
    ['02-1234-5678', null],
    ['1588-1234', null],
    ['+1 212 555 0100', null],
    ['010-1234-567', null],
    ['010-1234-56789', null],
    ['010–1234–5678', null],
    ['０１０１２３４５６７８', null],
    ['', null],
  ])('%s is %s', (text, number) => {
    expect(mobileNumber(text)).toBe(number)
  })
})

describe('the length of a text', () => {
  it('is what EUC-KR has, for all that EUC-KR has', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('가', '나', '힣', 'A', 'z', ' ', '1', '.', '\n', '·', '※', '①') }), (text) => {
        expect(decode(encode(text, 'euc-kr'), 'euc-kr')).toBe(text)
        expect(carrierBytes(text)).toBe(encode(text, 'euc-kr').length)
      }),
    )
  })

  it('decides between a short and a long message, at 90 bytes, and refuses what no message holds', () => {
    const short = { ...NOTICE, subject: '[양천구청] 고지', action: { label: '열기', url: `https://goji.example/${'a'.repeat(47)}` } }
    expect(messageOf(short)).toMatchObject({ type: 'SMS' })
    expect(carrierBytes(String(messageOf(short)['text']))).toBe(90)
    expect(messageOf({ ...short, action: { ...short.action, url: `${short.action.url}a` } })).toMatchObject({
      type: 'LMS',
      subject: '양천구청',
    })
    expect(() => messageOf({ ...NOTICE, subject: '가'.repeat(1_000) })).toThrow(expect.objectContaining({ code: 'message_too_long' }))
  })

  it('is cut to what fits', () => {
    expect(carrierBytes(shortened('가'.repeat(100), 40))).toBeLessThanOrEqual(40)
    expect(shortened('가나다', 6)).toBe('가나다')
  })
})

describe('the statuses', () => {
  it.each(Object.keys(STATUSES))('%s is one of ours', (code) => {
    expect(['accepted', 'delivered', 'failed']).toContain(meaningOf(code).level)
  })

  it.each(['9999', '', 'constructor', '40000'])('"%s" is not known, and raised', (code) => {
    expect(() => meaningOf(code)).toThrow(expect.objectContaining({ kind: 'technical', code: 'status_unknown' }))
  })
})

describe('in trouble', () => {
  let harness: Awaited<ReturnType<typeof startHarness>>
  let counter = 0
  const newKey = (): string => `dlv_solapi_${(counter += 1)}`
  beforeAll(async () => {
    harness = await startHarness()
  }, 60_000)
  afterEach(() => harness.driver.heal())
  afterAll(() => harness.stop())

  it.each([
    ['errorBefore', 'unknown', 0],
    ['htmlError', 'unknown', 0],
    ['errorAfterEffect', 'unknown', 1],
    ['drop', 'unknown', 1],
    ['brokenBody', 'unknown', 1],
    ['hugeBody', 'unknown', 1],
    ['rateLimit', 'temporary', 0],
  ] as const)('%s leaves a send %s, and asking tells what happened', async (mode, kind, effects) => {
    const key = newKey()
    await harness.driver.fault({ op: 'send', mode, key })
    expect((await failure(harness.channel.send(request(key), patience()))).kind).toBe(kind)
    const found = await harness.channel.receipt(key, patience(), '01012345678')
    expect(found === null ? 0 : 1).toBe(effects)
    await harness.channel.send(request(key), patience())
    expect(await harness.driver.shown(key, 1)).toHaveLength(1)
  })

  it('sends nothing while it cannot ask whether it has', async () => {
    const key = newKey()
    await harness.driver.fault({ op: 'list', mode: 'errorBefore' })
    expect((await failure(harness.channel.send(request(key), patience()))).kind).toBe('temporary')
    expect(await harness.channel.receipt(key, patience(), '01012345678')).toBeNull()
  })

  it.each([
    ['3104', 'permanent'],
    ['3043', 'temporary'],
    ['3059', 'technical'],
  ])('a message that ends as %s is reported as %s', async (status, kind) => {
    const key = newKey()
    expect(await harness.channel.send(request(key, `0109000${status}`), patience())).toMatchObject({ level: 'accepted' })
    const [webhook] = await harness.driver.webhooks(key, 1)
    const notices = harness.channel.translate(webhook?.headers ?? {}, webhook?.body ?? Buffer.alloc(0), Date.now())
    expect(notices).toMatchObject([{ key, receipt: { level: 'failed', kind, code: `status_${status}` } }])
    expect(await harness.channel.receipt(key, patience(), `0109000${status}`)).toEqual(notices[0]?.receipt)
  })

  it.each([
    ['duplicate', 5],
    ['wrongSignature', 2],
  ])('webhooks that come as %s are the same event, or refused', async (mode, count) => {
    const key = newKey()
    await harness.driver.fault({ op: 'webhook', mode, key })
    await harness.channel.send(request(key), patience())
    const outcomes = (await harness.driver.webhooks(key, count)).map(({ headers, body }) => {
      try {
        return harness.channel.translate(headers, body, Date.now())[0]?.eventId
      } catch (error) {
        return (error as GojiError).code
      }
    })
    expect(new Set(outcomes).size).toBe(mode === 'duplicate' ? 1 : 2)
  })

  it('a citizen gets no name, amount or paragraph in a text message', async () => {
    const key = newKey()
    await harness.channel.send(request(key), patience())
    const [message] = await harness.driver.shown(key, 1)
    for (const word of [NOTICE.citizenName, '12,500', '안녕하세요']) expect(message?.text).not.toContain(word)
  })

  it('several reports in one webhook are told apart, and those of others left out', () => {
    const report = (messageId: string, fields: object) => ({
      messageId,
      statusCode: '4000',
      dateReceived: '2026-11-25T01:00:00Z',
      ...fields,
    })
    const body = Buffer.from(
      JSON.stringify([
        report('M1', { customFields: { delivery: 'dlv_1' } }),
        report('M2', {}),
        report('M3', { customFields: { delivery: 'dlv_3' } }),
      ]),
    )
    const notices = harness.channel.translate({ 'x-solapi-secret': harness.proof }, body, 0)
    expect(notices.map(({ key, eventId }) => [key, eventId])).toEqual([
      ['dlv_1', 'M1:4000'],
      ['dlv_3', 'M3:4000'],
    ])
  })

  it('webhooks are taken with the proof of the new and of the old secret while it is changed, and with no other', () => {
    const settings = { SMS_API_KEY: 'key-of-a-test', SMS_API_SECRET: 'secret-of-a-test-1', SMS_SENDER: '02-120' }
    const [next, old] = ['the-new-secret-of-a-test', 'the-old-secret-of-a-test']
    const channel = adapter.create({ ...settings, SMS_WEBHOOK_SECRET: `${next},${old}` })
    const body = Buffer.from('[{"messageId":"M1","statusCode":"4000","dateReceived":"2026-11-25T01:00:00Z"}]')
    const taken = (secret: string) => (): unknown => channel.translate({ 'x-solapi-secret': webhookProof(secret) }, body, 0)
    expect([taken(next)(), taken(old)()]).toEqual([[], []])
    expect(taken('another-secret-of-a-test')).toThrow(expect.objectContaining({ code: 'signature_invalid' }))
    for (const secrets of [`${next},`, `${next},short`])
      expect(() => adapter.create({ ...settings, SMS_WEBHOOK_SECRET: secrets })).toThrow(
        expect.objectContaining({ code: 'setting_invalid' }),
      )
  })

  it.each([
    '',
    '{}',
    '[]',
    '[1]',
    '[{"messageId":"M1"}]',
    '[{"messageId":"M1","statusCode":"9999","dateReceived":"2026-11-25T01:00:00Z","customFields":{"delivery":"d"}}]',
  ])('a webhook with the proof that says %j is set aside', (text) => {
    expect(() => harness.channel.translate({ 'x-solapi-secret': harness.proof }, Buffer.from(text), 0)).toThrow(
      expect.objectContaining({ code: 'webhook_malformed' }),
    )
  })
})

describe('a hostile Solapi', () => {
  const servers: Server[] = []
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    }
  })
  const channelThatMeets = async (answers: RequestListener) => {
    const server = createServer(answers)
    servers.push(server)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return adapter.create({
      SMS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      SMS_API_KEY: 'key-of-a-test',
      SMS_API_SECRET: 'secret-of-a-test-1',
      SMS_WEBHOOK_SECRET: 'secret-of-a-test-2',
      SMS_SENDER: '02-120',
    })
  }

  it('never makes it fail in another way', async () => {
    let body = ''
    let status = 200
    const channel = await channelThatMeets((_request, response) => response.writeHead(status).end(body))
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), fc.constantFrom(200, 204, 302, 400, 404, 500), async (text, code) => {
        body = text
        status = code
        for (const call of [channel.send(request('dlv_1'), patience()), channel.receipt('dlv_1', patience(), '01012345678')])
          await call.catch((error: unknown) => expect(error).toBeInstanceOf(ProviderError))
      }),
      { numRuns: 60 },
    )
  })

  it('that takes the message and answers about another one leaves the send unknown', async () => {
    const date = new Date().toISOString()
    const other = { messageId: 'M1', statusCode: '4000', customFields: { delivery: 'dlv_2' } }
    const channel = await channelThatMeets((asked, response) =>
      response.end(
        JSON.stringify(
          asked.method === 'GET' ? { messageList: {} } : { groupInfo: { dateUpdated: date }, failedMessageList: [], messageList: [other] },
        ),
      ),
    )
    expect(await failure(channel.send(request('dlv_1'), patience()))).toMatchObject({ kind: 'unknown', code: 'answer_malformed' })
  })
})
