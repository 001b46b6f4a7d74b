import { mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readCamt } from '../../../formats/camt/read-camt.ts'
import type { Entry } from '../../../formats/camt/records.ts'
import { camtTotals, totalsView } from '../../../formats/totals.ts'
import { openBank } from './simulator/open.ts'

/** What the bank writes is read by the reader of real banks' files, balances included. */
describe('the practice bank', () => {
  let folder: string
  let bank: ReturnType<typeof openBank>
  let url: string
  const start = async (): Promise<void> => {
    bank = openBank({ folder })
    bank.server.listen(0, '127.0.0.1')
    await once(bank.server, 'listening')
    url = `http://127.0.0.1:${(bank.server.address() as AddressInfo).port}`
  }
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'bank-'))
    await start()
  })
  afterAll(() => {
    bank.server.close()
    rmSync(folder, { recursive: true })
  })

  const post = (path: string, form: Record<string, string> = {}): Promise<Response> =>
    fetch(`${url}${path}`, { method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams(form) })
  const transfer = async (amount: string, text: string, more: Record<string, string> = {}): Promise<string> =>
    (
      (await (
        await post('/transfers', { amount, currency: 'KRW', text, name: 'Kim <Haneul> & Söhne', account: '110-1', ...more })
      ).json()) as { id: string }
    ).id
  const endDay = async (): Promise<string[]> => ((await (await post('/days')).json()) as { files: string[] }).files
  const xml = async (path: string): Promise<Buffer> => Buffer.from(await (await fetch(`${url}${path}`)).arrayBuffer())
  const totals = async (file: Buffer) => totalsView(await camtTotals(readCamt([file])))

  it('tells of a transfer at once in a notification, and of all of them in the statement of the day', async () => {
    const id = await transfer('12500', 'RF18 5390 0754 7034')
    await transfer('-500', 'back')
    await transfer('10.50', 'pounds', { currency: 'GBP' })
    const entries: Entry[] = []
    for await (const record of readCamt([await xml(`/notifications/${id}.xml`)])) if (record.type === 'entry') entries.push(record.entry)
    expect(entries).toMatchObject([
      {
        amount: { minor: 12_500n },
        accountServicerReference: id,
        transactions: [{ payer: { name: 'Kim <Haneul> & Söhne', account: '110-1' }, text: ['RF18 5390 0754 7034'] }],
      },
    ])
    const [pounds = '', won = ''] = await endDay()
    expect(await totals(await xml(`/statements/${won}.xml`))).toEqual({
      statements: 1,
      entries: 2,
      by_currency: { KRW: { credit: '12500', debit: '500' } },
    })
    expect(await totals(await xml(`/statements/${pounds}.xml`))).toMatchObject({ by_currency: { GBP: { credit: '10.50' } } })
  })

  it('carries its balance over the days and a restart', async () => {
    bank.server.close()
    await start()
    await transfer('1', 'another day')
    const files = await endDay()
    expect(files).toEqual(['GBP-00001', 'KRW-00001', 'KRW-00002'])
    // The reader refuses a statement that does not add up.
    const file = await xml('/statements/KRW-00002.xml')
    expect(file.toString()).toContain('<Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="KRW">12000</Amt>')
    expect(await totals(file)).toMatchObject({ entries: 1 })
  })

  it('refuses what is no amount, and shows on its page what people wrote, as text', async () => {
    expect((await post('/transfers', { amount: '1,5', currency: 'KRW' })).status).toBe(422)
    expect((await post('/transfers', { amount: '0', currency: 'KRW' })).status).toBe(422)
    await transfer('7', '<script>alert(1)</script>')
    const page = await (await fetch(url)).text()
    expect(page).toContain('&lt;script&gt;')
    expect(page).not.toContain('<script>')
    expect((await fetch(`${url}/statements/../etc.xml`)).status).toBe(404)
  })
})
