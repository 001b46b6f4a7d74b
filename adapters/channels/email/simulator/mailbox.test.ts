import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createTransport } from 'nodemailer'
import { Faults } from './faults.ts'
import { Letters } from './letters.ts'
import { createSmtp } from './smtp.ts'
import { createWeb } from './web.ts'

/** What was opened, to be closed after the test. */
let closing: (() => Promise<unknown>)[]
let folder: string

beforeEach(() => {
  closing = []
  folder = mkdtempSync(join(tmpdir(), 'goji-mailbox-'))
})
afterEach(async () => {
  for (const close of closing.reverse()) await close()
  rmSync(folder, { recursive: true })
})

/** A mailbox on the folder that keeps so many letters. */
async function open(keep: number) {
  const letters = new Letters(folder, keep)
  const faults = new Faults()
  const smtp = createSmtp(letters, faults)
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise<void>((resolve) => smtp.close(resolve)))
  const web = createWeb(letters, faults).listen(0, '127.0.0.1')
  await once(web, 'listening')
  closing.push(() => new Promise((resolve) => web.close(resolve)))
  const transport = createTransport({ host: '127.0.0.1', port: (smtp.server.address() as AddressInfo).port })
  closing.push(() => Promise.resolve(transport.close()))
  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`
  return { letters, faults, transport, get: async (path: string) => fetch(`${url}${path}`, { headers: { connection: 'close' } }) }
}

const letter = (number: number) => ({
  from: 'bills@goji.example',
  to: `citizen-${number}@example.kr`,
  subject: `재산세 고지서 ${number}`,
  messageId: `<delivery-${number}@goji.example>`,
  headers: { 'X-Goji-Delivery': `delivery-${number}` },
  text: `납부: https://goji.example/b/${number}?x=1&y=2`,
})

describe('the mailbox', () => {
  it('shows a letter as it was meant, and may be asked for it by recipient', async () => {
    const { transport, get } = await open(10)
    await transport.sendMail({ ...letter(1), html: '<p>재산세</p><script>alert(1)</script>' })
    await transport.sendMail(letter(2))
    const found = (await (await get('/letters.json?to=citizen-1@example.kr')).json()) as { id: number }[]
    expect(found).toEqual([
      expect.objectContaining({
        messageId: '<delivery-1@goji.example>',
        delivery: 'delivery-1',
        to: ['citizen-1@example.kr'],
        subject: '재산세 고지서 1',
      }),
    ])
    expect(await (await get('/')).text()).toContain('재산세 고지서 2')
    expect(await (await get('/letters/2')).text()).toContain('<a href="https://goji.example/b/2?x=1&#38;y=2">')
    expect(await (await get('/letters/1.json')).json()).toMatchObject({ text: expect.stringContaining('https://goji.example/b/1?x=1&y=2') })
    const framed = await get('/letters/1/html')
    expect(framed.headers.get('content-security-policy')).toMatch(/^sandbox (?!.*allow-scripts).*default-src 'none'/)
    expect(await (await get('/letters/1')).text()).not.toContain('alert(1)')
  })

  it('keeps a bounded number of letters and a line of each that ever came, also over a restart', async () => {
    const first = await open(2)
    for (const number of [1, 2, 3]) await first.transport.sendMail(letter(number))
    const second = await open(2)
    await second.transport.sendMail(letter(4))
    expect(second.letters.list({}).map(({ id }) => id)).toEqual([4, 3])
    expect(readdirSync(join(folder, 'letters')).sort()).toEqual(['3.eml', '4.eml'])
    expect((await second.get('/letters/1')).status).toBe(404)
    const journal = readFileSync(join(folder, 'journal.jsonl'), 'utf8').trim().split('\n')
    expect(journal.map((line) => (JSON.parse(line) as { delivery: string }).delivery)).toEqual([
      'delivery-1',
      'delivery-2',
      'delivery-3',
      'delivery-4',
    ])
  })

  it('refuses a letter that is too large, and takes the next one', async () => {
    const { transport, letters } = await open(10)
    await expect(transport.sendMail({ ...letter(1), text: 'x'.repeat(11 * 1024 * 1024) })).rejects.toThrow(/552/)
    await transport.sendMail(letter(2))
    expect(letters.list({}).map(({ delivery }) => delivery)).toEqual(['delivery-2'])
  })

  it('defers letters, or takes them and hangs up, while it is asked to, and counts them', async () => {
    const { transport, letters, faults } = await open(10)
    faults.now = 'defer'
    await expect(transport.sendMail(letter(1))).rejects.toThrow(/451/)
    faults.now = 'loseAnswer'
    await expect(transport.sendMail(letter(2))).rejects.toThrow()
    faults.now = null
    await transport.sendMail(letter(3))
    expect(letters.list({}).map(({ delivery }) => delivery)).toEqual(['delivery-3', 'delivery-2'])
    expect(faults.met).toBe(2)
  })
})
