import { request } from 'node:http'
import { beforeAll, expect, it } from '@jest/globals'
import iconv from 'iconv-lite'
import { describeIf } from '../support/skip.ts'
import { workbook } from '../support/workbook.ts'
import { file, GOOD, HEADER, makeBatch, mapping, rowOf, upload } from './batch-world.ts'
import { missing, openWorld } from './open-world.ts'
import type { Tenant } from './world.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

describeIf(missing === null, missing ?? '')('a batch of bills', () => {
  const world = openWorld()
  let city: Tenant
  let water: Tenant
  beforeAll(async () => {
    city = await world().tenant('city')
    water = await world().tenant('water')
  })
  const rowsOf = async (id: string): Promise<readonly Record<string, unknown>[]> =>
    (await world().get(`/v1/batches/${id}/rows`, { key: city.key })).body.data as never
  const download = async (id: string): Promise<string> => {
    const answer = await fetch(`${world().url}/v1/batches/${id}/results.csv`, { headers: { authorization: `Bearer ${city.key}` } })
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    return Buffer.from(await answer.arrayBuffer()).toString()
  }

  it('takes a file in UTF-8, in CP949 and as a workbook alike', async () => {
    const text = file(GOOD, rowOf(2))
    const cells = [HEADER.split(','), ['B-1', 'R-1', '김하늘', '자동차세', { number: '128500' }, { day: 46_387 }, 'haneul']] as const
    for (const [content, type, count] of [
      [Buffer.from(`\ufeff${text}`), 'text/csv', 2],
      [iconv.encode(text, 'cp949'), 'application/octet-stream', 2],
      [workbook(cells), XLSX, 1],
    ] as const) {
      const id = await makeBatch(world(), city)
      expect(await upload(world(), city, id, content, type)).toMatchObject({
        status: 200,
        body: { state: 'ready', rows: count, counts: { received: count, invalid: 0 } },
      })
      expect((await rowsOf(id))[0]).toMatchObject({
        row: 2,
        state: 'received',
        billNumber: 'B-1',
        amount: { amount: '128500', currency: 'KRW' },
      })
    }
  })

  it('says of every row what is wrong with it, by the column and as a bill of its own would be refused', async () => {
    const taken = (await world().bill(city)).id
    const { body: bill } = await world().get(`/v1/bills/${taken}`, { key: city.key })
    const number = (bill as unknown as { billNumber: string }).billNumber
    const id = await makeBatch(world(), city, { columns: { ...(mapping()['columns'] as object), policy: '앱' }, contacts: [] })
    const content = file(
      'E-1,R-1,김하늘,자동차세,"12,85",2026.12.31,bill',
      'E-2,R-1,김하늘,자동차세,5,2026.02.30,bill',
      'E-3,R-1,김하늘,자동차세,5,2020.01.01,bill',
      ',R-1,김하늘,자동차세,5,2026.12.31,bill',
      'E-5,R-1,김하늘,자동차세,5,2026.12.31,none',
      'E-6,R-1,4111 1111 1111 1111,자동차세,5,2026.12.31,bill',
      'E-7,R-1,김하늘,자동차세,5',
      'E-8,R-1,김하늘,자동차세,5,2026.12.31,bill',
      'E-8,R-1,김하늘,자동차세,5,2026.12.31,bill',
      `${number},R-1,김하늘,자동차세,5,2026.12.31,bill`,
      'E-11,R-1,김\u202e하늘,자동차세,-5,2026.12.31,bill',
    )
    expect(await upload(world(), city, id, content)).toMatchObject({ status: 200, body: { counts: { received: 1, invalid: 10 } } })
    const problems = (await rowsOf(id)).flatMap(({ row, problems: found }) =>
      (found as { code: string; column: string; pointer: string }[]).map(({ code, column, pointer }) => [row, code, column, pointer]),
    )
    expect(problems).toEqual([
      [2, 'amount_malformed', '금액', '/amount/amount'],
      [3, 'value_invalid', '납기', '/dueDate'],
      [4, 'due_date_before_issue', '납기', '/dueDate'],
      [5, 'value_invalid', '고지번호', '/billNumber'],
      [6, 'policy_unknown', '앱', '/policy'],
      [7, 'card_number_refused', '성명', '/citizen/name'],
      [8, 'row_malformed', 'the row', ''],
      [10, 'bill_number_repeated', '고지번호', '/billNumber'],
      [11, 'bill_number_taken', '고지번호', '/billNumber'],
      [12, 'amount_not_positive', '금액', '/amount/amount'],
      [12, 'text_forbidden', '성명', '/citizen/name'],
    ])
    expect(await world().post(`/v1/batches/${id}/issue`, { key: city.key, body: {} })).toMatchObject({
      status: 409,
      body: { code: 'batch_rows_invalid' },
    })
    expect(await world().get(`/v1/batches/${id}/rows?state=received`, { key: city.key })).toMatchObject({ body: { data: [{ row: 9 }] } })
    expect(await world().post(`/v1/batches/${id}/issue`, { key: city.key, body: { invalidRows: 'skip' } })).toMatchObject({
      status: 200,
      body: { state: 'issuing' },
    })
    expect(world().engine.batches).toContain(id)
  })

  it('takes the same file again as the same upload, and no other', async () => {
    const id = await makeBatch(world(), city)
    const first = await upload(world(), city, id, file(GOOD))
    expect(await upload(world(), city, id, file(GOOD))).toMatchObject({ status: 200, body: first.body })
    expect(await upload(world(), city, id, file(GOOD, rowOf(2)))).toMatchObject({ status: 409, body: { code: 'batch_has_file' } })
    expect(await rowsOf(id)).toHaveLength(1)
  })

  it('is as it was after an upload that was cut off, or a file that cannot be read', async () => {
    const id = await makeBatch(world(), city)
    await cutOff(world().port, city.key, id)
    expect(await rowsOf(id)).toEqual([])
    // Half of it was stored before the mistake was found.
    const broken = file(...Array.from({ length: 1_200 }, (_, index) => rowOf(index))) + '"'
    expect(await upload(world(), city, id, broken)).toMatchObject({ status: 422, body: { code: 'bills_file_malformed' } })
    expect(await world().post(`/v1/batches/${id}/issue`, { key: city.key, body: {} })).toMatchObject({
      status: 409,
      body: { code: 'batch_transition_illegal' },
    })
    expect(await upload(world(), city, id, file(GOOD))).toMatchObject({ status: 200, body: { rows: 1 } })
  })

  it.each([
    ['a header without its columns', 'a,b\n1,2\n', 'bills_header_wrong'],
    ['nothing', '', 'bills_file_empty'],
    ['zero bytes', `${HEADER}\n\0\n`, 'bills_file_binary'],
    ['UTF-16', Buffer.from(`\ufeff${HEADER}\n`, 'utf16le'), 'bills_file_encoding'],
    ['no workbook', Buffer.from('PK\u0003\u0004nothing'), 'bills_file_malformed'],
  ])('refuses %s as a file', async (_, content, code) => {
    const id = await makeBatch(world(), city)
    expect(await upload(world(), city, id, content)).toMatchObject({ status: 422, body: { code } })
  })

  it('refuses a type that no file has', async () => {
    const id = await makeBatch(world(), city)
    expect(await upload(world(), city, id, '{}', 'application/json')).toMatchObject({ status: 415, body: { code: 'content_type_refused' } })
  })

  it('shows in a preview what it would do, and does nothing', async () => {
    const id = await makeBatch(world(), city)
    expect(await world().get(`/v1/batches/${id}/preview`, { key: city.key })).toMatchObject({
      status: 409,
      body: { code: 'batch_not_ready' },
    })
    await upload(world(), city, id, file(...Array.from({ length: 30 }, (_, index) => rowOf(index + 100)), 'B-x,R,이름,제목,0,2026.12.31,'))
    const before = await bills()
    const { body } = await world().get(`/v1/batches/${id}/preview`, { key: city.key })
    expect(body).toMatchObject({
      valid: 30,
      invalid: 1,
      problems: [{ code: 'amount_not_positive', column: '금액', rows: 1 }],
      total: { bills: 30, notices: 0, amount: { amount: '3855000', currency: 'KRW' } },
      paths: [{ channels: ['app'], bills: 30 }],
      complete: true,
    })
    const days = (body as unknown as { days: { date: string; issued: number; notices: object; due: number }[] }).days
    expect(days[0]).toMatchObject({ date: '2026-11-24', issued: 30, notices: { app: 30 } })
    expect(days.find(({ due }) => due > 0)).toMatchObject({ date: '2027-01-01', due: 30 })
    expect(await bills()).toBe(before)
  })

  it('hands its results out as CSV that no spreadsheet runs', async () => {
    const id = await makeBatch(world(), city)
    await upload(world(), city, id, file(GOOD.replace('B-1', '=1+1'), '@x,R-2,이름,제목,0,2026.12.31,앱'))
    const text = await download(id)
    expect(text.split('\n').slice(0, 3)).toEqual([
      '\ufeffrow,state,bill_number,bill,bill_status,amount,currency,code,column,message',
      "2,received,'=1+1,,,128500,KRW,,,",
      `3,invalid,'@x,,,,,amount_not_positive,금액,"""0"" is not above zero. Take the row out if nothing is owed."`,
    ])
  })

  it('goes by its states, has a log, and is listed', async () => {
    const id = await makeBatch(world(), city)
    await upload(world(), city, id, file(GOOD.replace('B-1', 'L-1')))
    const order = (verb: string, body: object = { reason: '확인' }): Promise<{ status: number; body: unknown }> =>
      world().post(`/v1/batches/${id}/${verb}`, { key: city.key, body })
    expect(await order('pause')).toMatchObject({ status: 409, body: { code: 'batch_transition_illegal' } })
    expect(await order('issue', {})).toMatchObject({ body: { state: 'issuing' } })
    expect(await order('pause')).toMatchObject({ body: { state: 'paused', reason: '확인' } })
    expect(await order('resume')).toMatchObject({ body: { state: 'issuing' } })
    expect(await order('rerun')).toMatchObject({ status: 409 })
    expect(await order('cancel')).toMatchObject({ body: { state: 'cancelled' } })
    const { body } = await world().get(`/v1/batches/${id}/events`, { key: city.key })
    expect(body.data.map(({ action }) => action)).toEqual(['created', 'received', 'issuing', 'paused', 'issuing', 'cancelled'])
    const list = await world().get('/v1/batches?state=cancelled', { key: city.key })
    expect(list.body.data.map((one) => one.id)).toContain(id)
    expect((await world().get('/v1/batches', { key: water.key })).body.data).toEqual([])
  })

  it('is kept from everybody else', async () => {
    const id = await makeBatch(world(), city)
    expect(await upload(world(), water, id, file(GOOD))).toMatchObject({ status: 404, body: { code: 'batch_not_found' } })
    const reader = await world().makeKey(city.id, ['bills:read'])
    expect(
      await world().put(`/v1/batches/${id}/rows`, { key: reader, body: file(GOOD), headers: { 'content-type': 'text/csv' } }),
    ).toMatchObject({
      status: 403,
      body: { code: 'scope_missing' },
    })
    expect(await world().post('/v1/batches', { key: world().operator, body: { name: 'x', mapping: mapping() } })).toMatchObject({
      status: 403,
      body: { code: 'institution_key_needed' },
    })
  })

  it.each([
    ['another currency', { currency: 'GBP' }, 'currency_differs', '/mapping/currency'],
    ['an unknown field', { colour: 1 }, 'property_unknown', '/mapping/colour'],
    ['no title', { columns: { billNumber: 'a', citizen: 'b', amount: 'c' } }, 'value_invalid', '/mapping/columns/title'],
    ['an encoding that nobody has', { encoding: 'utf-7' }, 'value_invalid', '/mapping/encoding'],
  ])('refuses a mapping with %s', async (_, changes, code, pointer) => {
    expect(await world().post('/v1/batches', { key: city.key, body: { name: 'x', mapping: mapping(changes) } })).toMatchObject({
      status: 422,
      body: { code, pointer },
    })
  })

  async function bills(): Promise<number> {
    const [row] = await world().root.sql<{ count: number }[]>`select count(*)::int as count from bills`
    return row?.count ?? -1
  }
})

/** Sends the first part of an upload and lets the connection go. */
function cutOff(port: number, key: string, id: string): Promise<void> {
  return new Promise((resolve) => {
    const upload = request({
      port,
      method: 'PUT',
      path: `/v1/batches/${id}/rows`,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv', 'content-length': 100_000 },
    })
    upload.on('error', () => resolve())
    upload.write(file(GOOD), () => upload.destroy())
    upload.on('close', () => resolve())
  })
}
