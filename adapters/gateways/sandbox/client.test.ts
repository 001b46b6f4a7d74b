import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { ProviderError } from '../../../domain/errors.ts'
import { money } from '../../../domain/money.ts'
import type { Gateway } from '../../../domain/ports/gateway.ts'
import { failure } from '../../../test/support/expected-errors.ts'
import { adapter } from './index.ts'

/** A gateway gone wrong: whatever it answers, the adapter throws a ProviderError of the right kind or tells the truth. */
const servers: Server[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
})

const at = (url: string): Gateway =>
  adapter.create({
    SANDBOX_URL: url,
    SANDBOX_SECRET: 'a-secret-of-sixteen',
    SANDBOX_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32).toString('base64')}`,
  })

async function gatewayThat(answers: RequestListener): Promise<Gateway> {
  const server = createServer(answers)
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return at(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

const gatewayThatSays = (status: number, body: string, headers: Record<string, string> = {}): Promise<Gateway> =>
  gatewayThat((_request, response) => response.writeHead(status, headers).end(body))

const patience = (): AbortSignal => AbortSignal.timeout(10_000)
const refund = { key: 'rfd_1', reference: 'pay_1', amount: money(500n, 'KRW'), reason: 'paid twice' }
const session = {
  key: 'chk_1',
  amount: money(500n, 'KRW'),
  title: 't',
  language: 'ko',
  returnUrl: 'http://127.0.0.1/',
  expiresAt: 1,
} as const

const CALLS: Record<string, (gateway: Gateway) => Promise<unknown>> = {
  openSession: (gateway) => gateway.openSession(session, patience()),
  payment: (gateway) => gateway.payment('chk_1', patience()),
  capture: (gateway) => gateway.capture('chk_1', patience()),
  cancel: (gateway) => gateway.cancel('chk_1', patience()),
  refund: (gateway) => gateway.refund(refund, patience()),
  refundReport: (gateway) => gateway.refundReport('rfd_1', patience(), 'pay_1'),
  settlementFiles: (gateway) => gateway.settlementFiles(patience()),
  settlementFile: (gateway) => gateway.settlementFile('file', patience()),
}
const EFFECTS = ['capture', 'refund']

const failureOf = (gateway: Gateway, call: string): Promise<ProviderError> =>
  failure(CALLS[call]?.(gateway) ?? Promise.resolve(`no call ${call}`))

describe.each(Object.keys(CALLS))('%s', (call) => {
  const uncertain = EFFECTS.includes(call) ? 'unknown' : 'temporary'
  const error = (code: string): string => JSON.stringify({ error: { code, message: '' } })

  it.each([
    ['a refused secret', 401, error('secret_wrong'), 'technical'],
    ['a forbidden page', 403, '<html>', 'technical'],
    ['a refusal of the request', 422, error('request_invalid'), 'permanent'],
    ['a refusal in words that nobody agreed on', 422, '{"no":1}', 'technical'],
    ['a missing page of some other server', 404, '<html>not found</html>', 'technical'],
    ['a malformed request', 400, error('request_malformed'), 'technical'],
    ['a redirect', 302, '', 'technical'],
    ['an empty success', 204, '', 'technical'],
    ['too many requests', 429, '', 'temporary'],
    ['a fault of the gateway', 500, error('internal'), uncertain],
    ['a page of a proxy', 502, '<html>Bad Gateway</html>', uncertain],
    ['a gateway that is down', 503, '', uncertain],
  ])('fails rightly on %s', async (_what, status, body, kind) => {
    expect((await failureOf(await gatewayThatSays(status, body, { location: 'http://127.0.0.1:9/' }), call)).kind).toBe(kind)
  })

  it('cannot have happened where nothing listens', async () => {
    const gateway = await gatewayThatSays(200, '')
    const [server] = servers.splice(0)
    server?.close()
    await once(server as Server, 'close')
    expect(await failureOf(gateway, call)).toMatchObject({ kind: 'temporary', code: 'gateway_unreachable' })
  })

  it('may have happened where the connection breaks', async () => {
    expect((await failureOf(await gatewayThat((request) => request.socket.destroy()), call)).kind).toBe(uncertain)
    const halfway: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"key":')
      setImmediate(() => response.destroy())
    }
    expect((await failureOf(await gatewayThat(halfway), call)).kind).toBe(uncertain)
  })

  it('does not believe an answer that is not one', async () => {
    for (const body of ['', '<html>', 'null', '[]', '{}', '{"key":"chk_1"', '"CAPTURED"']) {
      const { kind } = await failureOf(await gatewayThatSays(200, body), call)
      expect(kind).toMatch(EFFECTS.includes(call) ? /^unknown$/ : /^(temporary|technical)$/)
    }
  })
})

describe('the answers of a hostile gateway', () => {
  const payment = { key: 'chk_1', reference: 'pay_1', status: 'CAPTURED', amountMinor: '500', currency: 'KRW', method: 'card', paidAt: 1 }
  const done = { key: 'rfd_1', reference: 'rfd_2', status: 'DONE', amountMinor: '500', currency: 'KRW', refundedAt: 1 }

  it('are read when they are right', async () => {
    const gateway = await gatewayThatSays(200, JSON.stringify({ ...payment, more: 'ignored' }))
    expect(await gateway.payment('chk_1', patience())).toEqual({
      status: 'captured',
      amount: money(500n, 'KRW'),
      method: 'card',
      paidAt: 1,
    })
  })

  it.each([
    ['another key', { key: 'chk_2' }],
    ['an unknown status', { status: 'TELEPORTED' }],
    ['an inherited status', { status: 'constructor' }],
    ['an unknown method', { method: 'barter' }],
    ['a float', { amountMinor: '500.0' }],
    ['a number', { amountMinor: 500 }],
    ['nothing', { amountMinor: '0' }],
    ['a negative amount', { amountMinor: '-500' }],
    ['an amount without end', { amountMinor: '9'.repeat(400) }],
    ['an unknown currency', { currency: 'BTC' }],
    ['no time', { paidAt: undefined }],
    ['a time of a fraction', { paidAt: 1.5 }],
    ['no method', { method: undefined }],
  ])('with %s are technical for a question, unknown for a capture', async (_what, change) => {
    const gateway = await gatewayThatSays(200, JSON.stringify({ ...payment, ...change }))
    expect((await failureOf(gateway, 'payment')).kind).toBe('technical')
    expect((await failureOf(gateway, 'capture')).kind).toBe('unknown')
  })

  it.each([
    ['another key', { key: 'rfd_9' }],
    ['another amount', { amountMinor: '501' }],
    ['another currency', { currency: 'USD' }],
    ['an unknown status', { status: 'SENT' }],
    ['no time', { refundedAt: undefined }],
    ['a failure without a code', { status: 'FAILED' }],
  ])('with %s leave a refund unknown', async (_what, change) => {
    const gateway = await gatewayThatSays(200, JSON.stringify({ ...done, ...change }))
    expect((await failureOf(gateway, 'refund')).kind).toBe('unknown')
  })

  it('never send a citizen to an address that is no web page', async () => {
    const gateway = await gatewayThatSays(200, JSON.stringify({ ...payment, url: 'javascript:alert(1)' }))
    expect((await failureOf(gateway, 'openSession')).kind).toBe('technical')
  })

  it('cannot fill the memory', async () => {
    const endless: RequestListener = (_request, response) => {
      const chunk = Buffer.alloc(64 * 1024, ' ')
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      }
      response.on('drain', more)
      more()
    }
    expect((await failureOf(await gatewayThat(endless), 'payment')).kind).toBe('temporary')
  })

  it('never make it fail in another way', async () => {
    let body = ''
    let status = 200
    const gateway = await gatewayThat((_request, response) => response.writeHead(status).end(body))
    const mutated = fc
      .record({ base: fc.constantFrom(payment, done), field: fc.constantFrom(...Object.keys(payment)), value: fc.jsonValue() })
      .map(({ base, field, value }) => JSON.stringify({ ...base, [field]: value }))
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.json(), fc.string(), mutated),
        fc.constantFrom(200, 200, 404, 409, 410, 422, 429),
        async (sentBody, sentStatus) => {
          body = sentBody
          status = sentStatus
          for (const call of Object.values(CALLS)) {
            await call(gateway).catch((error: unknown) => expect(error).toBeInstanceOf(ProviderError))
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
