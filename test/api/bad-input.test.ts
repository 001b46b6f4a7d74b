import { beforeAll, beforeEach, afterEach, expect, it } from '@jest/globals'
import { describeIf } from '../support/skip.ts'
import { newBillBody } from './inputs.ts'
import { missing, openWorld } from './open-world.ts'
import type { Tenant } from './world.ts'

const krw = (amount: unknown, currency: unknown = 'KRW'): object => ({ amount: { amount, currency } })
const citizen = (changes: object): object => ({ citizen: { identifier: 'r-1', language: 'ko', contacts: [], ...changes } })
const json = (text: string): { raw: string } => ({ raw: text })
/** The valid body as text, with a piece put in front of its first property. */
const withPiece = (piece: string): { raw: string } => json(JSON.stringify(newBillBody({ billNumber: 'RAW' })).replace('{', `{${piece},`))
/** The valid body as text, with this number for its amount. */
const withAmount = (number: string): { raw: string } =>
  json(JSON.stringify(newBillBody({ billNumber: 'RAW' })).replace('"amount":"128500"', `"amount":${number}`))

describeIf(missing === null, missing ?? '')('bad input', () => {
  const world = openWorld()
  let city: Tenant
  let before = 0

  const rows = async (): Promise<number> => {
    const [row] = await world().root.sql<
      { count: number }[]
    >`select ((select count(*) from bills) + (select count(*) from idempotency_keys) + (select count(*) from citizens))::int as count`
    return row?.count ?? -1
  }
  beforeAll(async () => {
    city = await world().tenant('city')
  })
  beforeEach(async () => {
    before = await rows()
  })
  // A refusal has no effect, whatever it was about.
  afterEach(async () => {
    expect(await rows()).toBe(before)
  })

  it.each<[string, object, number, string, string?]>([
    // Numbers and amounts.
    ['a number for an amount', krw(12500), 422, 'type_wrong', '/amount/amount'],
    ['null for an amount', krw(null), 422, 'type_wrong', '/amount/amount'],
    ['true for an amount', krw(true), 422, 'type_wrong', '/amount/amount'],
    ['a list for an amount', krw([5]), 422, 'type_wrong', '/amount/amount'],
    ['an empty amount', krw(''), 422, 'amount_malformed', '/amount/amount'],
    ['zero', krw('0'), 422, 'amount_not_positive', '/amount/amount'],
    ['less than zero', krw('-1'), 422, 'amount_not_positive', '/amount/amount'],
    ['minus zero', krw('-0'), 422, 'amount_malformed', '/amount/amount'],
    ['Arabic digits', krw('١٢٣'), 422, 'amount_malformed', '/amount/amount'],
    ['full-width digits', krw('１２'), 422, 'amount_malformed', '/amount/amount'],
    ['a blank before', krw(' 5'), 422, 'amount_malformed', '/amount/amount'],
    ['a line end after', krw('5\n'), 422, 'amount_malformed', '/amount/amount'],
    ['a plus sign', krw('+5'), 422, 'amount_malformed', '/amount/amount'],
    ['an exponent', krw('5e3'), 422, 'amount_malformed', '/amount/amount'],
    ['hexadecimal', krw('0x10'), 422, 'amount_malformed', '/amount/amount'],
    ['a leading zero', krw('0125'), 422, 'amount_malformed', '/amount/amount'],
    ['decimals in won', krw('1.00'), 422, 'amount_malformed', '/amount/amount'],
    ['half a won', krw('1.5'), 422, 'amount_malformed', '/amount/amount'],
    ['three decimals in dollars', krw('12.345', 'USD'), 422, 'amount_malformed', '/amount/amount'],
    ['four decimals in dinar', krw('12.3456', 'KWD'), 422, 'amount_malformed', '/amount/amount'],
    ['too much', krw('9000000000001'), 422, 'amount_too_large', '/amount/amount'],
    ['more than 64 bits', krw('99999999999999999999999999'), 422, 'amount_malformed', '/amount/amount'],
    ['an amount of 50 kB', krw('9'.repeat(50_000)), 422, 'value_invalid', '/amount/amount'],
    ['a number for an amount that no number can be', withAmount('1e400'), 422, 'type_wrong', '/amount/amount'],
    ['a number for an amount that no number can tell from the next', withAmount('9007199254740993'), 422, 'type_wrong', '/amount/amount'],
    ['minus zero as a number', withAmount('-0'), 422, 'type_wrong', '/amount/amount'],
    ['a second amount', withPiece('"amount":1e400,"x":0'), 400, 'json_key_repeated'],
    ['a name that the institution may not give itself', { institution: 'Other City' }, 422, 'property_unknown', '/institution'],
    ['a time of payment of its own', { paidAt: '2026-11-24T00:00:00Z' }, 422, 'property_unknown', '/paidAt'],
    ['a workflow of its own', { workflowId: 'bill:x' }, 422, 'property_unknown', '/workflowId'],
    ['a currency in small letters', krw('5', 'krw'), 422, 'currency_unknown', '/amount/currency'],
    ['a currency that is none', krw('5', 'XXX'), 422, 'currency_unknown', '/amount/currency'],
    ['a coin that is no currency', krw('5', 'BTC'), 422, 'currency_unknown', '/amount/currency'],
    ["a currency that is not the institution's", krw('5.00', 'USD'), 422, 'currency_differs', '/amount/currency'],
    ['two currencies', { currency: 'KRW' }, 422, 'currency_twice', '/currency'],
    ["a notice in another currency than the institution's", { amount: null, currency: 'GBP' }, 422, 'currency_differs', '/currency'],
    ['an unknown field in money', { amount: { amount: '5', currency: 'KRW', minor: 5 } }, 422, 'property_unknown', '/amount/minor'],
    // Dates.
    ['a day that is not in the calendar', { dueDate: '2026-02-30' }, 422, 'value_invalid', '/dueDate'],
    ['the year 99999', { dueDate: '99999-01-01' }, 422, 'value_invalid', '/dueDate'],
    ['the year 9999', { dueDate: '9999-01-01' }, 422, 'date_out_of_range', '/dueDate'],
    ['a due date in the past', { dueDate: '2026-11-01', issueAt: '2026-10-01T00:00:00Z' }, 422, 'due_date_past', '/dueDate'],
    ['a due date before the issue', { dueDate: '2026-12-01', issueAt: '2026-12-24T00:00:00Z' }, 422, 'due_date_before_issue', '/dueDate'],
    ['an instant without its offset', { issueAt: '2026-12-24T00:00:00' }, 422, 'value_invalid', '/issueAt'],
    ['an instant on no day', { issueAt: '2026-02-30T00:00:00Z' }, 422, 'value_invalid', '/issueAt'],
    ['an instant before there were any', { issueAt: '0000-01-01T00:00:00Z' }, 422, 'date_out_of_range', '/issueAt'],
    // Text.
    ['NUL in a title', { title: 'a\u0000b' }, 422, 'text_unstorable', '/title'],
    ['half a surrogate pair', withPiece('"x":"\\ud800"'), 422, 'text_unstorable', '/x'],
    ['NUL in a key', withPiece('"a\\u0000":1'), 422, 'text_unstorable', ''],
    ['a right-to-left override in a name', citizen({ name: 'abc\u202edef' }), 422, 'text_forbidden', '/citizen/name'],
    ['a zero-width space in a title', { title: 'pay\u200bpal' }, 422, 'text_forbidden', '/title'],
    ['a flood of marks', { title: `a${'\u0301'.repeat(40)}` }, 422, 'text_forbidden', '/title'],
    [
      'a line end in an address',
      citizen({ contacts: [{ channel: 'email', address: 'a@example.org\r\nBcc: b@example.org' }] }),
      422,
      'text_forbidden',
      '/citizen/contacts/0/address',
    ],
    ['a line end in a title', { title: 'one\ntwo' }, 422, 'text_forbidden', '/title'],
    ['blanks for a title', { title: '   ' }, 422, 'text_forbidden', '/title'],
    ['an empty title', { title: '' }, 422, 'value_invalid', '/title'],
    ['a title of 201 letters', { title: '가'.repeat(201) }, 422, 'value_invalid', '/title'],
    [
      'a card number in a detail',
      { details: [{ label: 'note', value: 'paid with 4242 4242 4242 4242' }] },
      422,
      'card_number_refused',
      '/details/0/value',
    ],
    ['a card number in full-width digits', { title: '４２４２４２４２４２４２４２４２' }, 422, 'card_number_refused', '/title'],
    ['21 details', { details: Array.from({ length: 21 }, () => ({ label: 'a', value: 'b' })) }, 422, 'value_invalid', '/details'],
    // Fields.
    ['a status of its own', { status: 'paid' }, 422, 'property_unknown', '/status'],
    ["another's institution", { institutionId: 'ins_01hfz3k9q4m7v2x8c5t6w0r3en' }, 422, 'property_unknown', '/institutionId'],
    ['a mode of its own', { mode: 'live' }, 422, 'property_unknown', '/mode'],
    ['a field beside the known ones of the citizen', citizen({ id: 'cit_1' }), 422, 'property_unknown', '/citizen/id'],
    ['a title that is missing', { title: undefined }, 422, 'property_missing', '/title'],
    ['a citizen that is missing', { citizen: undefined }, 422, 'property_missing', '/citizen'],
    ['a language that is not there', citizen({ language: 'fr' }), 422, 'value_invalid', '/citizen/language'],
    [
      'a channel that is not there',
      citizen({ contacts: [{ channel: 'pigeon', address: 'roof' }] }),
      422,
      'channel_unknown',
      '/citizen/contacts/0/channel',
    ],
    [
      'a channel twice',
      citizen({
        contacts: [
          { channel: 'app', address: 'a' },
          { channel: 'app', address: 'b' },
        ],
      }),
      422,
      'contact_repeated',
      '/citizen/contacts',
    ],
    ['a policy that is not there', { policy: 'none' }, 422, 'policy_unknown', '/policy'],
    ['a policy that is a path', { policy: '../../etc/passwd' }, 422, 'value_invalid', '/policy'],
    // JSON.
    ['nothing', json(''), 400, 'body_missing'],
    ['blanks', json(' \n'), 400, 'body_missing'],
    ['half a body', json('{"billNumber":"1"'), 400, 'json_malformed'],
    ['NaN', json('{"amount":NaN}'), 400, 'json_malformed'],
    ['a string', json('"text"'), 400, 'json_not_object'],
    ['a list', json('[]'), 400, 'json_not_object'],
    ['null', json('null'), 400, 'json_not_object'],
    ['a key twice', withPiece('"title":"first"'), 400, 'json_key_repeated'],
    ['a key twice, once in disguise', withPiece('"t\\u0069tle":"first"'), 400, 'json_key_repeated'],
    ['20,000 lists in each other', json('['.repeat(20_000) + ']'.repeat(20_000)), 400, 'json_too_deep'],
    ['33 objects in each other', json('{"a":'.repeat(33) + '1' + '}'.repeat(33)), 400, 'json_too_deep'],
    ['__proto__', withPiece('"__proto__":{"admin":true}'), 400, 'json_malformed'],
    ['__proto__ in disguise', withPiece('"\\u005f_proto__":{"admin":true}'), 400, 'json_malformed'],
    ['constructor.prototype', withPiece('"constructor":{"prototype":{"admin":true}}'), 400, 'json_malformed'],
    ['more than 64 kB', json(JSON.stringify({ title: 'x'.repeat(65_600) })), 413, 'body_too_large'],
  ])('refuses %s', async (_, given, status, code, ...[pointer]) => {
    const body = 'raw' in given ? given.raw : newBillBody(given as Record<string, unknown>)
    const answer = await world().post('/v1/bills', { key: city.key, body })
    expect({ status: answer.status, code: answer.body.code, pointer: answer.body.pointer }).toEqual({ status, code, pointer })
  })

  it('refuses bytes that are not UTF-8', async () => {
    const body = Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])
    expect(await world().post('/v1/bills', { key: city.key, body })).toMatchObject({ status: 400, body: { code: 'body_not_utf8' } })
  })

  it.each([
    ['text/plain'],
    ['application/json; charset=utf-7'],
    ['application/json; charset=euc-kr'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/json, text/plain'],
    ['application/jsonx'],
  ])('refuses the type %s', async (type) => {
    const answer = await world().post('/v1/bills', {
      key: city.key,
      body: JSON.stringify(newBillBody()),
      headers: { 'content-type': type },
    })
    expect(answer).toMatchObject({ status: 415, body: { code: 'content_type_refused' } })
  })

  it.each(['gzip', 'br', 'identity'])('refuses the coding %s', async (coding) => {
    const answer = await world().post('/v1/bills', {
      key: city.key,
      body: Buffer.from([0x1f, 0x8b, 8, 0]),
      headers: { 'content-encoding': coding },
    })
    expect(answer).toMatchObject({ status: 415, body: { code: 'content_encoding_refused' } })
  })

  it.each([
    ['a[b]=1', 'parameter_unknown'],
    ['status=paid&status=issued', 'parameter_repeated'],
    ['__proto__[x]=1', 'parameter_unknown'],
    ['__proto__=1', 'parameter_unknown'],
    ['limit=0', 'parameter_invalid'],
    ['limit=101', 'parameter_invalid'],
    ['limit=1000000000', 'parameter_invalid'],
    ['limit=1e1', 'parameter_invalid'],
    ['limit=', 'parameter_invalid'],
    ['status=paidd', 'parameter_invalid'],
    ['overdue=1', 'parameter_invalid'],
    ['dueBefore=2026-12-24', 'parameter_invalid'],
    ['billNumber=%00', 'parameter_invalid'],
    ['cursor=abc', 'cursor_invalid'],
    ['limit=%zz', 'query_malformed'],
    ['billNumber=%ff', 'query_malformed'],
    ['institution=1', 'parameter_invalid'],
    ['createdAfter=0000-01-01T00%3A00%3A00Z', 'parameter_invalid'],
  ])('refuses the query %s', async (query, code) => {
    expect(await world().get(`/v1/bills?${query}`, { key: city.key })).toMatchObject({ status: 400, body: { code } })
  })

  it.each([
    '/v1/bills/bill_1',
    '/v1/bills/BILL_01hfz3k9q4m7v2x8c5t6w0r3en',
    '/v1/bills/bill_01hfz3k9q4m7v2x8c5t6w0r3en%00',
    '/v1/bills/..%2f..%2fetc',
    '/v1/bills/chk_01hfz3k9q4m7v2x8c5t6w0r3en',
    '/v1/bills/%2e%2e%2f',
    '/v1/bills/bill_01hfz3k9q4m7v2x8c5t6w0r3en/',
    '/v1/Bills',
    '/v1/nothing',
    '/v1',
    '/webhooks/channel',
    "/v1/bills/' or 1=1--",
  ])('finds nothing at %s', async (path) => {
    expect((await world().get(path, { key: city.key })).status).toBe(404)
  })

  it('refuses a path that is not encoded rightly', async () => {
    expect(await world().get('/v1/bills/%zz', { key: city.key })).toMatchObject({ status: 400, body: { code: 'path_malformed' } })
  })

  it.each([
    "Robert'); drop table bills;--",
    '<script>alert(1)</script>',
    '=HYPERLINK("x")',
    '{{7*7}} ${7*7}',
    '😀 Zoë',
    '../../etc/passwd',
  ])('keeps the text %s as it is, and does nothing of it', async (title) => {
    const { id } = await world().bill(city, { title })
    const read = await world().get(`/v1/bills/${id}`, { key: city.key })
    expect(read.body).toMatchObject({ title })
    expect(read.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(read.headers.get('x-content-type-options')).toBe('nosniff')
    before = await rows()
  })

  it('names the methods of a path', async () => {
    const answer = await world().put('/v1/bills', { key: city.key, body: {} })
    expect(answer).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } })
    expect(answer.headers.get('allow')).toBe('POST, GET, HEAD')
  })
})
