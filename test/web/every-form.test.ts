import { beforeAll, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { ProviderError } from '../../domain/errors.ts'
import { insertBatch } from '../../store/batches/insert-batch.ts'
import { beginCheckout } from '../../store/commands/begin-checkout.ts'
import { fileObjection } from '../../store/commands/file-objection.ts'
import { insertApiKey } from '../../store/keys/insert-api-key.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { createWeb } from '../../web/index.ts'
import { describeIf } from '../support/skip.ts'
import { makeEndpoint } from '../webhooks-out/endpoint.ts'
import { type Browser, fieldOf } from './browser.ts'
import { missing, openWorld } from './open-world.ts'
import { NOW, POLICY } from './world.ts'

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> }
  readonly handle?: { readonly stack?: readonly Layer[] }
}

/** Every page and form by its method and path, of citizens and of the console. */
const routesOf = (layers: readonly Layer[]): string[] =>
  layers.flatMap(({ route, handle }) =>
    route ? Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${route.path}`) : routesOf(handle?.stack ?? []),
  )

const BAD_IDS = [
  'bill_1',
  '%00',
  '%2e%2e%2f',
  "'%20or%201=1--",
  'x'.repeat(3_000),
  '%E2%80%AE',
  '%F0%9F%98%80',
  'constructor',
  `bill_${'0'.repeat(26)}`,
]
/** What pages read of a form or of an address. */
const FIELDS =
  'key reason outcome order next dueDate contact bill zone total text sure owner number language to holder do code channel bank apiKey'.split(
    ' ',
  )
const QUERY = 'lang next done select status stage number cursor overdue open said refresh'.split(' ')

const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    '\0',
    'a\0b',
    '\u202e',
    '1e400',
    '-1',
    '2026-02-30',
    '99999-12-31',
    '9'.repeat(300),
    'P99999D',
    '__proto__',
    '1',
    'true',
    '1,000',
  ),
)

describeIf(missing === null, missing ?? '')('every page and every form', () => {
  const world = openWorld()
  let citizen: Browser
  let clerk: Browser
  let operator: Browser
  let ids: readonly string[] = []
  let routes: readonly string[] = []

  beforeAll(async () => {
    const away = async (): Promise<never> => Promise.reject(new ProviderError('temporary', 'unreachable', 'the gateway is away'))
    Object.assign(world().root.adapters, { gateway: () => ({ name: 'test', payment: away }) })
    routes = routesOf((createWeb(world().root) as unknown as { stack: Layer[] }).stack)
    const policy = { ...POLICY, objection: { within: 'P90D' }, extension: { byCitizen: { days: 14, times: 1 } } } as const
    const institutionId = await world().institution('town', { ko: '우리시', en: 'Town' }, { policy })
    const who = { institutionId, citizen: 'me', contacts: [{ channel: 'email', address: 'me@example.kr' }] }
    const [bill, objected, claimed] = [await world().bill(who), await world().bill(who), await world().bill(who)] as const
    const { sql } = world().root
    const run = <T>(work: Parameters<typeof transaction<T>>[1]): Promise<T> => transaction(sql, work)
    const objection = { billId: objected, text: 'wrong', byCitizen: true, receivedAt: NOW, actor: 'citizen' }
    const { objectionId } = await run((tx) => fileObjection(tx, objection, NOW))
    const order = {
      citizenId: await world().citizenOf(claimed),
      billIds: [claimed],
      gateway: 'test',
      language: 'ko',
      returnPath: '/',
      actor: 'citizen',
    } as const
    const { checkoutId } = await run((tx) => beginCheckout(tx, order, NOW))
    const { endpointId } = await makeEndpoint(world().root, institutionId, 'https://203.0.114.7/', [], 'live')
    const batch = await run((tx) => insertBatch(tx, { institutionId, mode: 'live', name: 'x', reading: {}, actor: 'test' }, NOW))
    ids = [bill, objected, claimed, objectionId, checkoutId, endpointId, batch]
    citizen = world().browser()
    await world().signIn(citizen, 'me@example.kr')
    const enter = async (owner: string | null, scopes: Parameters<typeof insertApiKey>[1]['scopes']): Promise<Browser> => {
      const browser = world().browser()
      const { key } = await run((tx) => insertApiKey(tx, { institutionId: owner, mode: 'live', scopes, pepper: 'p'.repeat(40) }, NOW))
      await browser.post('/console/sign-in', { apiKey: key })
      expect((await browser.get('/console')).status).toBe(200)
      return browser
    }
    clerk = await enter(institutionId, ['console', 'bills:read', 'bills:write', 'webhooks:write', 'statements:write'])
    operator = await enter(null, ['operator'])
  })

  /** Who may come to a page at all, without signing out on the way. */
  const visitorsOf = (path: string): Browser[] => (path.startsWith('/console') ? [clerk, operator] : [citizen])
  const formKeyFor = async (path: string): Promise<string> =>
    path.startsWith('/console')
      ? fieldOf((await clerk.get(`/console/bills/${ids[0]}/pause`)).body, 'key')
      : fieldOf((await citizen.get(`/bills/${ids[0]}/objection`)).body, 'key')
  const pathOf = (path: string, id: string): string => path.replace(/:(?:id|token)/, id).replace(':order', 'pause')

  it('are all known here', () => expect(routes.length).toBeGreaterThan(40))

  it('say that there is nothing, or lead to signing in, where a part of the address is no id of ours', async () => {
    for (const route of routes) {
      const [method = '', path = ''] = route.split(' ')
      if (!path.includes(':')) continue
      for (const id of BAD_IDS)
        for (const browser of visitorsOf(path)) {
          const answer = await (method === 'GET' ? browser.get(pathOf(path, id)) : browser.post(pathOf(path, id), { key: 'x' }))
          expect({ route, id, status: answer.status }).toEqual({ route, id, status: expect.any(Number) })
          expect([303, 400, 403, 404, 429]).toContain(answer.status)
        }
    }
  }, 120_000)

  it('never fail by themselves, whatever stands in an address', async () => {
    const pages = routes.filter((route) => route.startsWith('GET ')).map((route) => route.slice(4))
    const asked = fc.tuple(
      fc.constantFrom(...pages),
      fc.constantFrom(...ids),
      fc.array(fc.tuple(fc.constantFrom(...QUERY), value), { maxLength: 4 }),
    )
    await fc.assert(
      fc.asyncProperty(asked, async ([path, id, query]) => {
        const text = query.map(([name, one]) => `${name}=${encodeURIComponent(Buffer.from(one).toString())}`).join('&')
        for (const browser of visitorsOf(path)) expect((await browser.get(`${pathOf(path, id)}?${text}`)).status).toBeLessThan(500)
      }),
      { numRuns: 300 },
    )
  }, 120_000)

  it('never fail by themselves, whatever is sent in a form', async () => {
    const forms = routes.filter((route) => route.startsWith('POST ') && !route.endsWith('/sign-out')).map((route) => route.slice(5))
    const sent = fc.tuple(
      fc.constantFrom(...forms),
      fc.constantFrom(...ids),
      fc.dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 6 }),
      fc.boolean(),
    )
    await fc.assert(
      fc.asyncProperty(sent, async ([path, id, fields, own]) => {
        const key = own ? { key: await formKeyFor(path) } : {}
        for (const browser of visitorsOf(path)) {
          const { status } = await browser.post(pathOf(path, id), { ...fields, ...key })
          expect({ path, fields, status }).toMatchObject({ status: expect.any(Number) })
          expect([path, JSON.stringify(fields), status >= 500]).toEqual([path, JSON.stringify(fields), false])
        }
      }),
      { numRuns: 400 },
    )
  }, 120_000)
})
