import { expect, it } from '@jest/globals'
import iconv from 'iconv-lite'
import { camtFile } from '../formats/camt-files.ts'
import { bookStatement } from '../support/bank.ts'
import { describeIf } from '../support/skip.ts'
import { issue } from './live.ts'
import { missing, openWorld } from './open-world.ts'

describeIf(missing === null, missing ?? '')('banks’ files over the API', () => {
  const world = openWorld()
  const send = (body: string | Buffer, headers: Record<string, string> = {}, path = '/v1/statements') =>
    world().post(path, { key: world().operator, body: body as never, headers: { 'content-type': 'application/xml', ...headers } })
  const uploads = async (): Promise<number> => Number((await world().root.sql<{ count: bigint }[]>`select count(*) from uploads`)[0]?.count)
  let count = 0
  const file = (reference: string, encoding = 'UTF-8'): string =>
    camtFile({
      encoding,
      statements: [
        {
          id: `api-${(count += 1)}`,
          account: `ACC${count}`,
          currency: 'KRW',
          opening: '0',
          closing: '128500',
          entries: [
            { amount: '128500', currency: 'KRW', details: `<TxDtls><RmtInf><Ustrd>Bill ${reference} für Jürgen</Ustrd></RmtInf></TxDtls>` },
          ],
        },
      ],
    })

  it('takes one once, books it, and the bill is settled', async () => {
    const city = await world().tenant('bank-city')
    const bill = await world().bill(city, { billNumber: 'CITY-2026-000123' })
    await issue(world(), bill.id)
    const xml = file('city 2026 000123')
    const first = await send(xml)
    expect(first).toMatchObject({ status: 202, body: { source: 'bank', gateway: 'other', lines: 1, posted: 0, known: 0, notBooked: 0 } })
    expect(await send(xml)).toMatchObject({ status: 202, body: { id: first.body.id } })
    expect(await uploads()).toBe(1)
    await bookStatement(world().root.sql, first.body.id, world().clock.at)
    const { body } = await world().get(`/v1/statements/${first.body.id}`, { key: world().operator })
    expect(body).toMatchObject({ state: 'posted', posted: 1, exceptions: 0 })
    const lines = await world().get(`/v1/statements/${first.body.id}/lines?state=posted`, { key: world().operator })
    expect(lines.body.data).toMatchObject([{ line: 1, kind: 'credit', rule: 'reference', gross: { amount: '128500', currency: 'KRW' } }])
    expect((await world().get(`/v1/statements/stm_${'0'.repeat(26)}/lines`, { key: world().operator })).status).toBe(404)
    expect(await world().get(`/v1/bills/${bill.id}`, { key: city.key })).toMatchObject({ body: { status: 'settled' } })
  })

  it('takes the bytes as the bank wrote them, whatever the declared encoding', async () => {
    const answer = await send(iconv.encode(file('unknown', 'ISO-8859-1'), 'iso-8859-1'))
    expect(answer.status).toBe(202)
    const [line] = await world().root.sql<{ text: string }[]>`
      select b.text from bank_lines b join statement_lines l on l.id = b.line_id where l.statement_id = ${answer.body.id}`
    expect(line?.text).toContain('Jürgen')
  })

  it('gives the first answer again under the same Idempotency-Key, and refuses another file under it', async () => {
    const headers = { 'idempotency-key': 'bank-file-1' }
    const xml = file('again')
    const first = await send(xml, headers)
    const again = await send(xml, headers)
    expect(again.body.id).toBe(first.body.id)
    expect(await send(file('other'), headers)).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
  })

  it.each([
    ['no statement', camtFile({ statements: [] }), 422, 'statement_malformed'],
    ['what does not add up', camtFile({ statements: [{ opening: '0', closing: '1', entries: [{}] }] }), 422, 'statement_unbalanced'],
    [
      'a document type',
      '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>',
      422,
      'statement_malformed',
    ],
    ['half a file', camtFile().slice(0, 300), 422, 'statement_malformed'],
    ['no account', camtFile({ statements: [{ account: '' }] }), 422, 'statement_malformed'],
    ['nothing', '', 400, 'body_missing'],
  ])('refuses %s and keeps nothing of it', async (_name, body, status, code) => {
    const before = await uploads()
    expect(await send(body)).toMatchObject({ status, body: { code } })
    expect(await uploads()).toBe(before)
  })

  it('refuses what is no XML by its type, and an institution’s key', async () => {
    expect(await send('x', { 'content-type': 'application/pdf' })).toMatchObject({ status: 415 })
    const town = await world().tenant('bank-town')
    expect(
      await world().post('/v1/statements', { key: town.key, body: file('x') as never, headers: { 'content-type': 'application/xml' } }),
    ).toMatchObject({ status: 403 })
  })
})
