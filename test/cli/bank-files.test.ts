import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync, rmSync, mkdtempSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { statementExample } from '../../api/statements/statement-view.ts'
import { inspect } from '../../cli/statements/inspect.ts'
import { openFile } from '../../cli/files/open-file.ts'
import { totalsView } from '../../formats/totals.ts'
import { camtFile } from '../formats/camt-files.ts'

async function* pieces(text: string | Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.from(text as string))
}

const BIN = fileURLToPath(new URL('../../cli/bin.mjs', import.meta.url))

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

async function goji(words: readonly string[], input = ''): Promise<Ran> {
  const child = spawn(process.execPath, [BIN, ...words], { env: { PATH: process.env['PATH'] }, stdio: 'pipe' })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, err }
}

describe('banks’ files on the command line', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'goji-files-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (name: string, text: string | Buffer): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const good = camtFile({
    statements: [{ opening: '0', closing: '6.85', entries: [{ amount: '8.85' }, { amount: '2', sign: 'DBIT' }, { status: 'PDNG' }] }],
  })

  describe('inspect', () => {
    const sums = { statements: 1, entries: 3, by_currency: { EUR: { credit: '8.85', debit: '2.00' } } }

    it('shows what a file comes to, with nothing running', async () => {
      const path = file('good.xml', good)
      const ran = await goji(['statements', 'inspect', path, '--json'])
      expect(ran).toEqual({ code: 0, err: '', out: `${JSON.stringify(sums)}\n` })
      expect((await goji(['statements', 'inspect', '-', '-o', 'json'], good)).out).toBe(ran.out)
      const { out } = await goji(['statements', 'inspect', path])
      expect(out).toContain('3, of which 1 are not booked yet')
      expect(out).toContain('EUR         8.85 in, 2.00 out')
    })

    it('reads a gateway’s file, whose gateway it finds out', async () => {
      const lines = [
        'line,l1,payment,p1,12500,125,12375,2026-11-24T00:00:00.000Z',
        'line,l2,refund,r1,-500,0,-500,2026-11-24T00:00:00.000Z',
      ]
      const text = [
        'header,1,day-1,KRW,2026-11-24T00:00:00.000Z',
        'type,line_reference,kind,reference,gross_minor,fee_minor,net_minor,settled_at',
        ...lines,
        'trailer,2,12000,125,11875',
        '',
      ].join('\n')
      expect(totalsView(await inspect(pieces(text), undefined))).toEqual({
        statements: 1,
        entries: 2,
        by_currency: { KRW: { credit: '12375', debit: '500' } },
      })
    })

    it('refuses what does not add up with the code of wrong input', async () => {
      const ran = await goji(
        ['statements', 'inspect', '-', '--json'],
        camtFile({ statements: [{ opening: '0', closing: '1', entries: [{}] }] }),
      )
      expect(ran).toMatchObject({ code: 2, out: '', err: expect.stringContaining('goji: statement_unbalanced: ') })
    })

    it.each([
      ['what has no statement', camtFile({ statements: [] })],
      ['what was cut short', good.slice(0, 500)],
      ['text that nobody can read', 'hello'],
      ['bytes', Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe, 0])],
      ['nothing', ''],
    ])('refuses %s', async (_name, text) => {
      await expect(inspect(pieces(text), undefined)).rejects.toMatchObject({ code: 'statement_malformed', kind: 'invalid' })
    })

    it('refuses a file that is not there, or is a folder', async () => {
      await expect(openFile(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'file_unreadable', kind: 'invalid' })
      await expect(openFile(folder)).rejects.toMatchObject({ code: 'file_unreadable' })
    })
  })

  describe('send', () => {
    let server: Server
    let received: { headers: IncomingHttpHeaders; bytes: number; sha256: string }[]
    let answer: { status: number; body: unknown }
    beforeAll(async () => {
      received = []
      server = createServer((request, response) => {
        const hash = createHash('sha256')
        let bytes = 0
        request.on('data', (chunk: Buffer) => {
          hash.update(chunk)
          bytes += chunk.length
        })
        request.on('end', () => {
          received.push({ headers: request.headers, bytes, sha256: hash.digest('hex') })
          const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
          response.writeHead(answer.status, { 'content-type': 'application/json' }).end(body)
        })
      }).listen(0, '127.0.0.1')
      await once(server, 'listening')
      answer = { status: 202, body: { ...statementExample, source: 'bank' } }
    })
    afterAll(() => void server.close())
    const send = (path: string): Promise<Ran> =>
      goji([
        'statements',
        'send',
        path,
        '--url',
        `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        '--key',
        'goji_test_x',
        '-o',
        'json',
      ])

    it('sends the bytes as they are, under a key that is the file’s own', async () => {
      const entries = Array.from({ length: 5_000 }, (_, index) => ({ amount: String(index) }))
      const text = camtFile({ statements: [{ entries }] })
      const path = file('large.xml', text)
      expect(await send(path)).toMatchObject({ code: 0, out: `${JSON.stringify(answer.body)}\n` })
      expect(await send(path)).toMatchObject({ code: 0 })
      const [first, again] = received.splice(0)
      expect(first).toMatchObject({ bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') })
      expect(first?.headers).toMatchObject({ 'content-type': 'application/xml', 'transfer-encoding': 'chunked' })
      expect(again?.headers['idempotency-key']).toBe(first?.headers['idempotency-key'])
    })

    it('sends nothing of a file that is wrong', async () => {
      expect(await send(file('wrong.xml', good.slice(0, 400)))).toMatchObject({ code: 2 })
      expect(received).toEqual([])
    })

    it('hands on a refusal', async () => {
      answer = { status: 403, body: { code: 'platform_key_needed', detail: 'Use a key of the platform.', status: 403 } }
      expect(await send(file('good.xml', good))).toMatchObject({ code: 3, err: expect.stringContaining('platform_key_needed') })
    })

    it('takes no other page for a statement', async () => {
      answer = { status: 200, body: '<html></html>' }
      expect(await send(file('good.xml', good))).toMatchObject({ code: 4, out: '', err: expect.stringContaining('answer_malformed') })
    })
  })
})
