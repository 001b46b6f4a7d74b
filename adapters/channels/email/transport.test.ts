import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from '@jest/globals'
import type { ProviderError } from '../../../domain/errors.ts'
import { failure } from '../../../test/support/expected-errors.ts'
import { createMailer } from './transport.ts'

/** What a scripted server does at one step: say something, hang up, or keep silent. */
type Act = string | 'hangUp' | 'silence'
interface Script {
  readonly greeting?: Act
  readonly auth?: Act
  readonly mail?: Act
  readonly rcpt?: Act
  readonly data?: Act
  readonly end?: Act
}

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** A mail server that follows a script, counts the messages that it took whole and tells when it has fallen silent. */
async function scripted(script: Script): Promise<{ url: string; port: number; taken: () => number; stalled: Promise<unknown> }> {
  let taken = 0
  let stall = (): void => {}
  const stalled = new Promise<void>((resolve) => (stall = resolve))
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let inData = false
    let rest = ''
    const act = (step: Act | undefined, usual: string): void => {
      if (step === 'hangUp') socket.destroy()
      else if (step === 'silence') stall()
      else socket.write(`${step ?? usual}\r\n`)
    }
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (inData) {
          if (line !== '.') continue
          inData = false
          taken += 1
          act(script.end, '250 2.0.0 Ok: queued as ABC123')
        } else if (line.startsWith('EHLO')) socket.write('250-scripted\r\n250 AUTH PLAIN\r\n')
        else if (line.startsWith('AUTH')) act(script.auth, '235 2.7.0 welcome')
        else if (line.startsWith('MAIL')) act(script.mail, '250 ok')
        else if (line.startsWith('RCPT')) act(script.rcpt, '250 ok')
        else if (line === 'DATA') {
          inData = script.data === undefined
          act(script.data, '354 go on')
        } else socket.write(line === 'STARTTLS' ? '502 5.5.1 not here\r\n' : '250 ok\r\n')
      }
    })
    act(script.greeting, '220 scripted ESMTP')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stops.push(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return { url: `smtp://goji:password@127.0.0.1:${port}`, port, taken: () => taken, stalled }
}

const MAIL = { from: 'bills@city.example', to: 'citizen@example.com', subject: '고지', text: '본문', html: '<p>본문</p>' }

const failureOf = (url: string, signal = AbortSignal.timeout(10_000)): Promise<ProviderError> => failure(createMailer(url)(MAIL, signal))

describe('a mail server that answers', () => {
  it('takes the mail', async () => {
    const server = await scripted({})
    expect(await createMailer(server.url)(MAIL, AbortSignal.timeout(10_000))).toBe('250 2.0.0 Ok: queued as ABC123')
    expect(server.taken()).toBe(1)
  })

  it.each<[string, Script, string, string]>([
    ['refuses our password', { auth: '535 5.7.8 no' }, 'technical', 'smtp_auth_refused'],
    ['cannot check our password now', { auth: '454 4.7.0 later' }, 'temporary', 'smtp_deferred'],
    ['refuses us at the door', { greeting: '554 5.7.1 go away' }, 'technical', 'smtp_refused'],
    ['is closing', { mail: '421 4.3.2 shutting down' }, 'temporary', 'smtp_deferred'],
    ['refuses our address', { mail: '550 5.7.1 no' }, 'technical', 'sender_refused'],
    ['refuses the citizen', { rcpt: '550 5.1.1 <citizen@example.com> unknown', data: '503 5.5.1 no' }, 'permanent', 'recipient_refused'],
    ['puts the citizen off', { rcpt: '451 4.7.1 greylisted', data: '503 5.5.1 no' }, 'temporary', 'smtp_deferred'],
    ['refuses the message', { end: '554 5.6.0 no' }, 'permanent', 'message_refused'],
    ['puts the message off', { end: '452 4.3.1 disk full' }, 'temporary', 'smtp_deferred'],
  ])('%s', async (_what, script, kind, code) => {
    const server = await scripted(script)
    const error = await failureOf(server.url)
    expect(error).toMatchObject({ kind, code })
    expect(JSON.stringify([error.message, error.cause ?? null])).not.toContain('citizen@')
  })

  it('without the TLS that we ask for is a mistake in the settings', async () => {
    const server = await scripted({})
    expect(await failureOf(`${server.url}?requireTLS=true`)).toMatchObject({ kind: 'technical' })
    expect(server.taken()).toBe(0)
  })
})

describe('a mail server that does not answer', () => {
  it.each<[string, Script, string]>([
    ['at the greeting', { greeting: 'hangUp' }, 'temporary'],
    ['at the login', { auth: 'hangUp' }, 'temporary'],
    ['at the sender', { mail: 'hangUp' }, 'temporary'],
    ['at the recipient', { rcpt: 'hangUp' }, 'temporary'],
    ['when it should take the message', { data: 'hangUp' }, 'temporary'],
    ['after it has the message', { end: 'hangUp' }, 'unknown'],
  ])('but hangs up %s: nobody knows only after the message has left', async (_where, script, kind) => {
    const server = await scripted(script)
    expect((await failureOf(server.url)).kind).toBe(kind)
    expect(server.taken()).toBe(kind === 'unknown' ? 1 : 0)
  })

  it.each<[string, Script, string]>([
    ['before the message', { rcpt: 'silence' }, 'temporary'],
    ['after it', { end: 'silence' }, 'unknown'],
  ])('until we give up %s', async (_where, script, kind) => {
    const server = await scripted(script)
    const impatience = new AbortController()
    void server.stalled.then(() => impatience.abort())
    expect((await failureOf(server.url, impatience.signal)).kind).toBe(kind)
  })

  it('because there is none', async () => {
    const { url } = await scripted({})
    await stops.pop()?.()
    expect(await failureOf(url)).toMatchObject({ kind: 'temporary', code: 'smtp_unreachable' })
  })

  it('because its name is wrong', async () => {
    expect(await failureOf('smtp://mail.invalid:25')).toMatchObject({ kind: 'technical', code: 'smtp_host_unknown' })
  })
})
