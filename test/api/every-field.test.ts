import { beforeAll, expect, it } from '@jest/globals'
import { endpoints } from '../../api/endpoints.ts'
import type { Endpoint } from '../../api/endpoint.ts'
import { describeApi } from '../../api/openapi.ts'
import { describeIf } from '../support/skip.ts'
import { type Ids, makeBelongings, makePlatforms } from './belongings.ts'
import type { Answer } from './client.ts'
import { withValueAt } from './id-places.ts'
import { POLICY } from './inputs.ts'
import { missing, openWorld } from './open-world.ts'
import type { Tenant } from './world.ts'

interface Schema {
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly type?: unknown
  readonly enum?: unknown
  readonly pattern?: string
}
interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema: Schema }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: object }>>
}
const document = describeApi(endpoints, 'http://127.0.0.1') as unknown as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

/** Of the wrong type for whatever is written in letters. */
const WRONG_TYPES: readonly unknown[] = [5, true, [5], { a: 1 }, -0]
/** What may never be taken, wherever a text stands; each with the word for it where it is the only fault. */
const NEVER = ['a\u0000b', 'a\u202eb', 'a\u200bb', `a${'\u0301'.repeat(20)}`, '\r\nBcc: b@example.org', '\ufeff', 'x'.repeat(50_000)]
/** What may be a text, or is no number, no date, no id: taken as it is or refused, and never acted on. */
const ODD = [
  '',
  ' ',
  '4242 4242 4242 4242',
  "'); drop table bills;--",
  '<script>alert(1)</script>',
  '=cmd()',
  '../../etc/passwd',
  '__proto__',
]
const ODDER = [
  '1e400',
  '-1',
  '١٢٣',
  '2026-02-30',
  '99999-01-01T00:00:00Z',
  '0020-02-29T00:00:00Z',
  '9999-12-31',
  'P99999D',
  'PT-5S',
  'XXX',
  'Asia/Nowhere',
]

/**
 * Where a text is taken that looks odd to others: a citizen's letter has lines, and the titles of columns are
 * those of a file as it is. Neither gets into a name or a header.
 */
const MAY_LOOK_ODD = /^(?:createObjection \/text|(?:createBatch|putMapping) \/mapping\/(?:sheet|columns\/|contacts\/0\/column))/

/** Bodies that are whole, where the example of the reference is not. */
const WHOLE: Readonly<Record<string, unknown>> = {
  putPolicy: { title: { ko: 'a', en: 'a' }, policy: { ...POLICY, costs: { app: { amount: '10', currency: 'KRW' } } } },
}

/** Pointers to every value of a body, objects too, and whether it is a text. */
function placesIn(schema: Schema | undefined, at = '', seen = 0): { at: string; type: 'text' | 'object' | 'other' }[] {
  if (schema === undefined || seen > 12) return []
  const { $ref, properties, items, anyOf = [], oneOf = [], type } = schema
  if ($ref !== undefined) return placesIn(document.components.schemas[$ref.split('/').at(-1) ?? ''], at, seen + 1)
  if (properties !== undefined)
    return [{ at, type: 'object' }, ...Object.entries(properties).flatMap(([name, inner]) => placesIn(inner, `${at}/${name}`, seen + 1))]
  if (items !== undefined) return [{ at, type: 'other' }, ...placesIn(items, `${at}/0`, seen + 1)]
  const choices = [...anyOf, ...oneOf]
  if (choices.length > 0) return choices.flatMap((inner) => placesIn(inner, at, seen + 1))
  return [{ at, type: type === 'string' && schema.enum === undefined ? 'text' : 'other' }]
}

describeIf(missing === null, missing ?? '')('every field of every request', () => {
  const world = openWorld({ settings: { GOJI_LIMIT_KEY: '0', GOJI_LIMIT_ADDRESS: '0' } })
  let city: Tenant
  let ids: Ids
  let asked = 0
  const undescribed = new Set<string>()

  beforeAll(async () => {
    const made = await makeBelongings(world(), 'city')
    city = made.tenant
    ids = { ...(await makePlatforms(world())), ...made.ids }
  })

  const operationOf = ({ path, method }: Endpoint): Operation => document.paths[path]?.[method] as Operation
  /** An id of ours for each that the reference has as an example. */
  const own = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value).replaceAll(/"([a-z]{3,4})_[0-9a-z]{26}"/g, (whole, prefix: keyof Ids) =>
        JSON.stringify(ids[prefix]?.[0] ?? JSON.parse(whole)),
      ),
    ) as unknown
  const pathOf = ({ path, method, operationId }: Endpoint): string => {
    const pattern = operationOf({ path, method } as Endpoint).parameters?.find(({ name }) => name === 'id')?.schema.pattern
    const prefix = (/^\^([a-z]+)_/.exec(pattern ?? '')?.[1] ?? 'bill') as keyof Ids
    const id = operationId === 'getStatement' ? ids.stm?.[0] : ids[prefix]?.[0]
    return path
      .replace('{id}', id ?? '')
      .replace('{kind}', 'channel')
      .replace('{name}', path.includes('{kind}') ? 'paper' : 'hold')
  }
  const keyOf = ({ access, path }: Endpoint): string =>
    access.includes('operator') || path.startsWith('/v1/statements') || (path.startsWith('/v1/exceptions') && path.split('/').length > 4)
      ? world().operator
      : city.key

  async function ask(endpoint: Endpoint, body: unknown, query = ''): Promise<Answer> {
    asked += 1
    const answer = await world()[endpoint.method](`${pathOf(endpoint)}${query}`, {
      key: keyOf(endpoint),
      ...(body === undefined ? {} : { body }),
    })
    // A status that is not described, or a code that is not described for it: each is told once, at the end.
    const described = operationOf(endpoint).responses[String(answer.status)]
    if (answer.status >= 400 && !described?.description.includes(`\`${answer.body.code}\``))
      undescribed.add(`${endpoint.operationId}: ${answer.status} ${answer.body.code}`)
    if (answer.status >= 500) expect({ status: answer.status, query, body: JSON.stringify(body).slice(0, 500) }).toEqual('an answer')
    return answer
  }

  const withBody = endpoints.filter(({ body, access }) => body !== undefined && access !== 'public')
  it.each(withBody.map((endpoint) => [endpoint.operationId, endpoint] as const))(
    '%s takes no body of another shape, nothing unstorable and nothing invisible, wherever it stands',
    async (_, endpoint) => {
      const schema = operationOf(endpoint).requestBody?.content['application/json']?.schema
      const whole = own(WHOLE[endpoint.operationId] ?? endpoint.bodyExample ?? {})
      for (const { at, type } of placesIn(schema)) {
        const tell = (value: unknown, answer: Answer): object => ({
          at,
          value: JSON.stringify(value).slice(0, 60),
          status: answer.status,
        })
        if (type === 'object') {
          const value = withValueAt(whole, `${at}/tenantId`, 'ins_1')
          expect(tell(value, await ask(endpoint, value))).toMatchObject({ status: 422 })
          continue
        }
        if (type === 'other') {
          expect(tell('x', await ask(endpoint, withValueAt(whole, at, 'x')))).toMatchObject({ status: 422 })
          continue
        }
        for (const value of [...WRONG_TYPES, ...NEVER]) {
          const answer = await ask(endpoint, withValueAt(whole, at, value))
          if (answer.status < 400 && !MAY_LOOK_ODD.test(`${endpoint.operationId} ${at}`)) expect(tell(value, answer)).toEqual('refused')
          if (value === NEVER[0]) expect(answer.body.code).toBe('text_unstorable')
        }
        for (const value of [...ODD, ...ODDER]) await ask(endpoint, withValueAt(whole, at, value))
      }
    },
    120_000,
  )

  it.each(endpoints.filter(({ access }) => access !== 'public').map((endpoint) => [endpoint.operationId, endpoint] as const))(
    '%s takes no parameter that it does not know, twice, or of another form',
    async (_, endpoint) => {
      const body = endpoint.body === undefined ? undefined : own(WHOLE[endpoint.operationId] ?? endpoint.bodyExample ?? {})
      for (const query of ['?a[b]=1', '?nothing=1', '?__proto__[x]=1', '?constructor=1', '?%00=1', '?limit=%ff'])
        expect({ query, ...(await statusOf(endpoint, body, query)) }).toMatchObject({ query, status: 400 })
      for (const { name } of (operationOf(endpoint).parameters ?? []).filter((parameter) => parameter.in === 'query')) {
        for (const value of ['%00', 'a%00b', '%F0%9F%98%80', 'x'.repeat(5_000), "'%20or%201=1", '-1', '1e9', '%E2%80%AE'])
          await ask(endpoint, body, `?${name}=${value}`)
        expect({ name, ...(await statusOf(endpoint, body, `?${name}=1&${name}=1`)) }).toMatchObject({
          name,
          status: 400,
          code: 'parameter_repeated',
        })
      }
    },
    120_000,
  )

  async function statusOf(endpoint: Endpoint, body: unknown, query: string): Promise<{ status: number; code: string }> {
    const answer = await ask(endpoint, body, query)
    return { status: answer.status, code: answer.body.code }
  }

  it.each(
    endpoints
      .filter(({ path, access }) => access !== 'public' && path.includes('{id}'))
      .map((endpoint) => [endpoint.operationId, endpoint] as const),
  )('%s finds nothing under what is no id of ours', async (_, endpoint) => {
    for (const id of [
      'bill_1',
      '..%2f..%2fetc%2fpasswd',
      '%2e%2e%2f',
      '%00',
      "'%20or%201=1--",
      'x'.repeat(3_000),
      '%E2%80%AE',
      'constructor',
      '1%0d%0aX:%201',
    ]) {
      asked += 1
      const rows = endpoint.operationId === 'putBatchRows'
      const answer = await world()[endpoint.method](endpoint.path.replace('{id}', id).replace('{name}', 'hold'), {
        key: keyOf(endpoint),
        ...(endpoint.body === undefined && !rows ? {} : { body: rows ? 'a,b\n' : own(endpoint.bodyExample ?? {}) }),
        ...(rows ? { headers: { 'content-type': 'text/csv' } } : {}),
      })
      expect({ id, status: answer.status }).toEqual({ id, status: 404 })
    }
  })

  it('was refused in no way that the reference does not describe', () => expect([...undescribed]).toEqual([]))

  it('was asked of all of them', () => expect(asked).toBeGreaterThan(3_000))
})
