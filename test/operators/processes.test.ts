import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type postgres from 'postgres'
import { parse } from 'yaml'
import { newBillBody } from '../api/inputs.ts'
import { eventually } from '../support/eventually.ts'
import { type OwnProcess, startOwnProcess } from '../support/own-process.ts'
import { firing, groupsOf, metricsOf } from '../support/promql.ts'
import { type Scrape, scrape, valueOf } from '../support/scrape.ts'
import { administer } from '../support/template.ts'
import { startWorkerProcess } from '../support/worker-process.ts'
import { LABELS } from './expected-metrics.ts'
import { type OperatorsWorld, openOperatorsWorld } from './world.ts'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly annotations: { readonly summary: string; readonly runbook: string }
}
const rules = (parse(read('deploy/prometheus/alerts.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules)

const PERSON = { identifier: '900101-1234567', name: '김하늘', email: 'haneul@example.org' }

/** Worker and API as an operator has them: processes of their own, with their logs and metrics. */
describe('the processes', () => {
  let world: OperatorsWorld
  let worker: OwnProcess
  let api: OwnProcess
  const running: OwnProcess[] = []
  let key = ''
  const scrapes = new Map<string, Scrape>()

  beforeAll(async () => {
    world = await openOperatorsWorld()
    key = await world.key(['bills:read', 'bills:write'])
    worker = await startWorkerProcess(world.environment)
    running.push(worker)
    api = await startOwnProcess('api/main.ts', world.environment)
    running.push(api)
  }, 300_000)
  afterAll(async () => {
    await Promise.all(running.map((one) => one.kill()))
    await world.stop()
  })

  const scraped = async (of: OwnProcess): Promise<Scrape> => {
    const found = await scrape(of.operationsPort ?? 0)
    scrapes.set(of === worker ? 'worker' : 'api', found)
    return found
  }
  const lines = (of: OwnProcess): Record<string, unknown>[] =>
    of.lines.filter((line) => !line.startsWith('{"listening"')).map((line) => JSON.parse(line) as Record<string, unknown>)
  const ask = (path: string, init: { method?: string; body?: unknown; headers?: Record<string, string> } = {}): Promise<Response> =>
    fetch(`${api.listening}${path}`, {
      method: init.method ?? 'GET',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...init.headers },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    })
  async function received(billNumber: string): Promise<string> {
    const citizen = {
      identifier: PERSON.identifier,
      name: PERSON.name,
      language: 'ko',
      contacts: [{ channel: 'inbox', address: PERSON.email }],
    }
    const answer = await ask('/v1/bills', {
      method: 'POST',
      headers: { 'idempotency-key': billNumber, 'x-request-id': `test-${billNumber}` },
      body: newBillBody({ billNumber, citizen }),
    })
    const body = (await answer.json()) as { id?: string }
    if (body.id === undefined) throw new Error(`the bill was not made: ${JSON.stringify(body)}`)
    return body.id
  }
  const paid = async (billId: string): Promise<void> => {
    await world.engine.until(billId, 'delivered')
    const checkoutId = await world.authorized(billId)
    await world.engine.root.engine.reportCheckout(checkoutId)
    await world.engine.until(billId, 'paid')
  }

  it('count what a bill and its payment caused, by providers, routes and stages', async () => {
    await paid(await received('counted'))
    await ask(`/v1/bills?citizenIdentifier=${PERSON.identifier}`)
    await ask('/nothing/900101')
    const calls = await scraped(worker)
    const gateway = world.gateway.gateway.name
    for (const operation of ['openSession', 'payment', 'capture'])
      expect([
        operation,
        valueOf(calls, 'goji_provider_calls_total', { kind: 'gateway', provider: gateway, operation, outcome: 'ok' }),
      ]).toEqual([operation, operation === 'payment' ? expect.any(Number) : 1])
    expect(valueOf(calls, 'goji_provider_calls_total', { kind: 'channel', operation: 'send', outcome: 'ok' })).toBe(1)
    expect(valueOf(calls, 'goji_provider_call_duration_seconds_count', { operation: 'capture' })).toBe(1)
    const found = await scraped(api)
    expect(valueOf(found, 'goji_http_requests_total', { method: 'POST', route: '/v1/bills', status: '201' })).toBe(1)
    expect(valueOf(found, 'goji_http_requests_total', { method: 'GET', route: '/v1/bills', status: '200' })).toBe(1)
    expect(valueOf(found, 'goji_http_request_duration_seconds_count', { route: '/v1/bills' })).toBe(2)
    expect(valueOf(found, 'goji_bills', { stage: 'reconcile', status: 'paid' })).toBe(1)
    expect(valueOf(found, 'goji_bills_sampled_ratio')).toBe(1)
    expect(valueOf(found, 'goji_books_readable')).toBe(1)
    await eventually('the invariants are read', async () =>
      valueOf(await scraped(api), 'goji_invariant_violations', { invariant: 'refunds_within_payment' }) === 0 ? true : undefined,
    )
    for (const backlog of ['unappliedFacts', 'oversleptBills'])
      await eventually(`nothing is left of ${backlog}`, async () =>
        valueOf(await scraped(api), 'goji_backlog_items', { backlog }) === 0 ? true : undefined,
      )
  }, 300_000)

  it('write lines by which a request leads to its bill, and a bill to what was done for it, and nothing about a person', async () => {
    const billId = await received('told')
    await paid(billId)
    const request = await eventually('the request is logged', async () => lines(api).find(({ requestId }) => requestId === 'test-told'))
    expect(request).toMatchObject({
      name: 'api',
      route: 'POST /v1/bills',
      status: 201,
      finished: true,
      key: expect.stringMatching(/^key_/),
    })
    expect(request['caused']).toEqual([{ billId, factId: expect.stringMatching(/^fct_/) }])
    expect(lines(api).filter(({ requestId }) => requestId === 'test-told')).toHaveLength(1)
    await ask(`/v1/bills/${billId}?`)
    expect(await eventually('the reading is logged', async () => lines(api).find((line) => line['billId'] === billId))).toMatchObject({
      route: 'GET /v1/bills/:id',
    })
    const sent = await eventually('the send is logged', async () =>
      lines(worker).find((line) => line['billId'] === billId && line['activityType'] === 'sendNotice'),
    )
    expect(sent).toMatchObject({ name: 'worker', workflowId: `bill:${billId}`, attempt: 1, ms: expect.any(Number), msg: 'activity' })
    expect(lines(worker).some((line) => /^chk_/.test(String(line['checkoutId'])) && line['activityType'] === 'collect')).toBe(true)
    for (const text of [...api.lines, ...worker.lines])
      for (const word of [...Object.values(PERSON), key, '/n/']) expect(text).not.toContain(word)
  }, 300_000)

  it('let one bill that cannot go on hold up no other, say so, and go on with it once it is mended', async () => {
    const rule = rules.find(({ alert }) => alert === 'GojiWorkflowTasksFail')?.expr ?? ''
    const poisoned = await received('poisoned')
    await world.engine.until(poisoned, 'delivered')
    const before = await scraped(worker)
    expect(firing(rule, before, before)).toEqual([])
    const owner = (work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> => administer(world.databaseUrl, work)
    await owner((sql) =>
      sql.unsafe(`
        create function goji.poison() returns trigger language plpgsql as $$ begin
          raise exception 'poisoned' using errcode = 'check_violation'; end $$;
        create trigger poison before update on goji.bills for each row when (old.id = '${poisoned}') execute function goji.poison()`),
    )
    await world.engine.root.engine.sweep([poisoned])
    const failed = await eventually(
      'a workflow task fails',
      async () => {
        const found = await scraped(worker)
        return firing(rule, before, found).length > 0 ? found : undefined
      },
      60_000,
    )
    expect(firing(rule, before, failed)).toEqual([{ workflow_type: 'bill', failure_reason: expect.any(String) }])
    // Meanwhile, on the same worker.
    await paid(await received('unharmed'))
    await owner((sql) => sql`drop trigger poison on goji.bills`)
    await paid(poisoned)
  }, 300_000)

  it('have metrics with these names, labels and units, and no label that grows with the bills', async () => {
    await Promise.all([scraped(worker), scraped(api)])
    for (const [process, { samples, families }] of scrapes) {
      const ours = [...families].filter(([name]) => name.startsWith('goji_'))
      expect(ours.map(([name]) => name).sort()).toEqual(Object.keys(LABELS[process] ?? {}).sort())
      for (const [name, { help, type }] of ours) {
        expect([name, help.length > 20]).toEqual([name, true])
        expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter'])
        if (type === 'histogram' || /age|duration/.test(name)) expect(name).toMatch(/_seconds$/)
      }
      for (const { name, labels } of samples.filter((one) => one.name.startsWith('goji_'))) {
        const family = name.replace(/_(?:bucket|sum|count)$/, '')
        const known = LABELS[process]?.[name] ?? LABELS[process]?.[family] ?? []
        expect([
          name,
          Object.keys(labels)
            .filter((label) => label !== 'le')
            .sort(),
        ]).toEqual([name, [...known].sort()])
      }
      for (const { labels } of samples)
        for (const value of Object.values(labels)) expect(value).not.toMatch(/[a-z]{3,4}_[0-9a-z]{26}|900101|haneul/)
    }
    expect([...(scrapes.get('worker')?.families.keys() ?? [])].filter((name) => name.startsWith('temporal_')).length).toBeGreaterThan(5)
  })

  it('have every metric and label that a rule or a panel names', async () => {
    const dashboard = JSON.parse(read('deploy/grafana/goji.json')) as { panels: { targets: { expr: string }[] }[] }
    const expressions = [...rules.map(({ expr }) => expr), ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))]
    const series = [...scrapes.values()].flatMap(({ samples, families }) => [...samples.map(({ name }) => name), ...families.keys()])
    const labelsOf = (name: string): Set<string> =>
      new Set([
        ...[...scrapes.values()].flatMap(({ samples }) =>
          samples.filter((one) => one.name === name).flatMap((one) => Object.keys(one.labels)),
        ),
        ...Object.values(LABELS).flatMap((all) => all[name.replace(/_bucket$/, '')] ?? []),
      ])
    for (const expression of expressions)
      for (const { name, labels } of metricsOf(expression)) {
        // Prometheus itself makes it of each target.
        if (name === 'up') continue
        expect([expression, series.includes(name) || series.includes(name.replace(/_bucket$/, ''))]).toEqual([expression, true])
        const known = labelsOf(name)
        for (const label of [...labels, ...groupsOf(expression)])
          expect([expression, label, known.has(label) || label === 'le']).toEqual([expression, label, true])
      }
  })

  it('answer on a port of their own for operators, which knows nothing else', async () => {
    const operations = (path: string, init?: RequestInit): Promise<Response> =>
      fetch(`http://127.0.0.1:${worker.operationsPort}${path}`, init)
    expect(await (await operations('/healthz')).json()).toEqual({ status: 'alive', worker: 'RUNNING' })
    expect(await (await operations('/readyz')).json()).toEqual({
      status: 'ready',
      worker: 'RUNNING',
      dependencies: { database: 'up', engine: 'up' },
    })
    for (const path of ['/', '/metrics/x', '/__proto__', '/v1/bills']) expect((await operations(path)).status).toBe(404)
    expect((await operations('/metrics', { method: 'POST', body: 'x' })).status).toBe(405)
    expect((await ask('/metrics')).status).toBe(404)
  })
})
