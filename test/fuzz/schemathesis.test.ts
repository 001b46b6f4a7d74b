import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { z } from 'zod'
import { endpoints } from '../../api/endpoints.ts'
import { describeApi } from '../../api/openapi.ts'
import { exampleId } from '../../schemas/ids.ts'
import type { IdPrefix } from '../../store/ids.ts'
import { findSchemathesis } from '../../scripts/counterparts.ts'
import { type Ids, makeBelongings, makePlatforms, markOf } from '../api/belongings.ts'
import { World } from '../api/world.ts'
import { reasonMissing } from '../support/counterpart.ts'
import { describeIf } from '../support/skip.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'
import { channelNews, gatewayNews, OpenChannel, OpenGateway, SIGNATURE } from './providers.ts'
import { withRealIds } from './real-ids.ts'
import { fuzz, type Outcome } from './schemathesis.ts'

const python = findSchemathesis()
const reason =
  (await reasonMissing('postgres')) ??
  (await reasonMissing('temporal')) ??
  (python === null ? 'Schemathesis is not in the cache: it needs python3 with its module venv, and a package index' : null)

/** `npm run fuzz -- --examples 200 --seed 7` looks longer, or elsewhere. */
const EXAMPLES = Number(process.env['GOJI_FUZZ_EXAMPLES'] ?? 4)
const SEED = Number(process.env['GOJI_FUZZ_SEED'] ?? 20261126)

describeIf(reason === null, reason ?? '')('the API, asked by a stranger who has read its description', () => {
  let engine: StartedEngine
  let world: World
  const outcomes: Outcome[] = []
  const all = (): [string, ReadonlyMap<number, number>][] => outcomes.flatMap(({ statuses }) => [...statuses])

  beforeAll(
    async () => {
      engine = await startTestEngine(new OpenGateway(), {
        channels: ['app', 'paper', 'email'].map((name) => new OpenChannel(name, 'delivers', { now: () => engine.root.clock.now() })),
      })
      Object.assign(engine.root.adapters, {
        channelNames: ['app', 'paper', 'email'],
        gatewayNames: ['fake'],
        transferGateway: 'bank-transfer',
      })
      // A stranger who asks for everything asks for much.
      Object.assign(engine.root.config, { GOJI_LIMIT_KEY: 0, GOJI_LIMIT_ADDRESS: 0, GOJI_LIMIT_WEBHOOK: 0, GOJI_LIMIT_CHECKOUTS: 0 })
      world = new World(engine.databaseUrl, { root: engine.root })
      await world.start()
      await world.prepare()
      const city = await makeBelongings(world, 'city')
      const water = await makeBelongings(world, 'water')
      const words = {
        policy: ['bill', 'hold'],
        name: ['bill', 'hold', 'app', 'fake'],
        channel: ['app', 'paper', 'email'],
        gateway: ['fake'],
        currency: ['KRW'],
        identifier: ['resident-city', 'resident-water', 'resident-nobody'],
      }
      const ids = merge(city.ids, water.ids, await makePlatforms(world))
      const spare = merge(city.spare, water.spare)
      const document = signed(
        withRealIds(describeApi(endpoints, world.url), ids, words, { deleteWebhookEndpoint: spare, revokeKey: spare }),
      )
      const shared = {
        python: python ?? '',
        url: world.url,
        document,
        institutions: { city: { key: city.tenant.key, mark: markOf('city') }, water: { key: water.tenant.key, mark: markOf('water') } },
        operator: world.operator,
        examples: EXAMPLES,
        seed: SEED,
      }
      for (const user of ['institution', 'operator'] as const) {
        const operations = endpoints
          .filter((endpoint) => (user === 'operator') === isPlatforms(endpoint))
          .map(({ operationId }) => operationId)
        outcomes.push(await fuzz({ ...shared, user, operations }))
      }
    },
    Math.max(600_000, EXAMPLES * 120_000),
  )
  afterAll(async () => {
    await world.stop()
    await engine.stop()
  })

  it('answers nothing that its description does not say, and shows nobody what is another’s', () => {
    expect(outcomes.flatMap(({ failures }) => failures)).toEqual([])
  })

  it('never fails by itself', () => {
    const failed = all().filter(([, counts]) => [...counts.keys()].some((status) => status >= 500))
    expect(failed).toEqual([])
  })

  it('was asked for everything, and got past the door of each operation', () => {
    const asked = new Map(all())
    const names = endpoints.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    const past = (name: string): boolean =>
      [...(asked.get(name)?.keys() ?? [])].some((status) => ![401, 403, 404, 405, 415].includes(status))
    expect(names.filter((name) => !past(name))).toEqual([])
    const done = names.filter((name) => [...(asked.get(name)?.keys() ?? [])].some((status) => status < 300))
    const requests = outcomes.reduce((sum, outcome) => sum + outcome.requests, 0)
    console.log(
      `${requests} requests for ${names.length} operations, of which ${done.length} were also carried out (seed ${SEED}). Not: ${names.filter((name) => !done.includes(name)).join(', ')}`,
    )
    expect(done.length).toBeGreaterThan(names.length * 0.75)
  })
})

/** What only a key of the platform may ask for. */
const isPlatforms = ({ access, method, path }: (typeof endpoints)[number]): boolean =>
  access !== 'public' &&
  (access.every((scope) => scope === 'operator' || scope === 'statements:write') ||
    (path.startsWith('/v1/exceptions/') && method === 'post'))

/** With one id of each kind that nobody has. */
function merge(...all: readonly Ids[]): Ids {
  const prefixes = [...new Set(all.flatMap((ids) => Object.keys(ids)))] as IdPrefix[]
  return Object.fromEntries(prefixes.map((prefix) => [prefix, [...all.flatMap((ids) => ids[prefix] ?? []), exampleId(prefix)]]))
}

/** Providers sign their webhooks: without that, no request of them gets anywhere. */
function signed(document: Record<string, unknown>): object {
  const paths = document['paths'] as Record<string, { post: Record<string, unknown> }>
  for (const [path, news] of Object.entries({ '/webhooks/channel/{name}': channelNews, '/webhooks/gateway/{name}': gatewayNews })) {
    const operation = paths[path]?.post
    if (!operation) throw new Error(`${path} is not there`)
    const parameters = operation['parameters'] as object[]
    parameters.push({ in: 'header', name: 'X-Signature', required: true, schema: { type: 'string', enum: [SIGNATURE] } })
    operation['requestBody'] = { required: true, content: { 'application/json': { schema: z.toJSONSchema(news) } } }
  }
  return document
}
