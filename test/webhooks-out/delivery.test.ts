import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { Webhook } from 'standardwebhooks'
import { sweepActivities } from '../../activities/sweep.ts'
import { pauseBill, resumeBill } from '../../store/commands/pause-bill.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { setEndpointState } from '../../store/webhooks/change-endpoint.ts'
import { type EndpointStateRow, readEndpoint } from '../../store/webhooks/endpoint-row.ts'
import { listAttempts, listDeliveries } from '../../store/webhooks/list-deliveries.ts'
import { redeliverEvent, redeliverSince } from '../../store/webhooks/redeliver.ts'
import { portsOf } from '../../workers/worker.ts'
import { eventually } from '../support/eventually.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { wordsOf } from '../support/histories.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'
import { makeEndpoint } from './endpoint.ts'
import { type Received, type Receiver, startReceiver } from './receiver.ts'

const DAY_MS = 86_400_000

describe('webhooks to an institution', () => {
  let ahead = 0
  const clock = { now: () => Date.now() + ahead }
  let engine: StartedEngine
  let receiver: Receiver
  let institutionId: string
  let endpointId: string
  let secret: string
  let cities = 0

  beforeAll(async () => {
    engine = await startTestEngine(new FakeGateway(), { clock })
    receiver = await startReceiver()
  }, 60_000)
  afterAll(async () => {
    await engine.stop()
    await receiver.stop()
  })
  beforeEach(async () => {
    receiver.received.length = 0
    receiver.mode = 204
    institutionId = await engine.institution(`Hooked-${++cities}`, quietPolicy)
    ;({ endpointId, secret } = await makeEndpoint(engine.root, institutionId, receiver.url))
  })

  const owner = (): { institutionId: string; mode: 'test' } => ({ institutionId, mode: 'test' })
  const state = (): Promise<EndpointStateRow> => readEndpoint(engine.root.sql, owner(), endpointId)
  const wake = (): Promise<void> => engine.root.engine.wakeWebhook(endpointId)
  const bills = (count: number): Promise<string[]> =>
    Promise.all(Array.from({ length: count }, (_, index) => engine.issue({ institutionId, citizen: `c${index}`, start: false })))
  const order = (billId: string): { billId: string; reason: string; actor: string } => ({ billId, reason: 'test', actor: 'test' })
  /** Things that happen to a bill, without its run: pauses, and what ends them. */
  async function happen(billId: string, times: number): Promise<void> {
    for (let index = 0; index < times; index++) {
      const command = index % 2 === 0 ? pauseBill : resumeBill
      await transaction(engine.root.sql, (tx) => command(tx, order(billId), clock.now()))
    }
  }
  const TYPES = ['bill.paused', 'bill.resumed', 'bill.paused', 'bill.resumed']
  const taken = (billId: string): Received[] => receiver.received.filter((one) => one.subject === billId && one.answered === 204)
  const typesOf = (billId: string): string[] => taken(billId).map(({ type }) => type)
  const until = (what: string, check: () => boolean | Promise<boolean>): Promise<true> =>
    eventually(what, async () => ((await check()) ? true : undefined))
  const allDelivered = (): Promise<true> => until('everything is delivered', async () => (await state()).oldest_pending_at === null)

  it('tell of a life, once each, in the order of each bill, signed', async () => {
    const ids = await bills(6)
    await Promise.all(ids.map((billId) => happen(billId, 4)))
    await wake()
    await allDelivered()
    for (const billId of ids) expect(typesOf(billId)).toEqual(TYPES)
    expect(receiver.received).toHaveLength(24)
    for (const { headers, text, id } of receiver.received) {
      expect(new Webhook(secret).verify(text, headers)).toMatchObject({ data: { id: expect.any(String) } })
      expect(id).toMatch(/^evt_/)
    }
    const attempts = await listAttempts(engine.root.sql, endpointId, { before: null, limit: 100, eventId: undefined })
    expect(attempts).toHaveLength(24)
    expect(attempts[0]).toMatchObject({ number: 1, status: 204, error: null, ms: expect.any(Number) })
  })

  it('hold up no other bill when one is refused, and go on with it in order once it is not', async () => {
    const [bad, good] = (await bills(2)) as [string, string]
    receiver.mode = ({ subject }) => (subject === bad ? 500 : 204)
    await happen(bad, 4)
    await happen(good, 4)
    await wake()
    await until('the other bill is through', () => taken(good).length === 4)
    expect(taken(bad)).toHaveLength(0)
    expect(new Set(receiver.received.filter(({ subject }) => subject === bad).map(({ id }) => id)).size).toBe(1)
    await until('its error is known', async () => (await state()).last_error === 'status 500')
    expect(await state()).toMatchObject({ pending: 4, down_since: null })
    receiver.mode = 204
    ahead += 3_600_000
    await wake()
    await allDelivered()
    expect(typesOf(bad)).toEqual(TYPES)
  })

  it('leave an endpoint alone that is down for two days, and bring everything in order once it is back', async () => {
    const ids = await bills(5)
    receiver.mode = 503
    await Promise.all(ids.map((billId) => happen(billId, 3)))
    await wake()
    await until('it is known to be down', async () => (await state()).down_since !== null)
    // Calls that were under way when the third one failed; none of the others was begun.
    expect(receiver.received.length).toBeLessThanOrEqual(10)
    await happen(ids[0] as string, 0)
    ahead += 2 * DAY_MS
    await transaction(engine.root.sql, (tx) => resumeBill(tx, order(ids[0] as string), clock.now()))
    await wake()
    await until('it was tried again', async () => (await state()).probes > 1)
    receiver.mode = 204
    ahead += 3_600_000
    await wake()
    await allDelivered()
    await until('it is known to be up again', async () => (await state()).down_since === null)
    for (const billId of ids.slice(1)) expect(typesOf(billId)).toEqual(TYPES.slice(0, 3))
    expect(typesOf(ids[0] as string)).toEqual(TYPES)
    await until('it is known to be well', async () => (await state()).down_since === null)
    expect(await state()).toMatchObject({ failures: 0, pending: 0, given_up: 0 })
  })

  it('end where the endpoint says that it is gone, and go on where they were when it is enabled again', async () => {
    const [billId] = (await bills(1)) as [string]
    receiver.mode = 410
    await happen(billId, 2)
    await wake()
    await until('it is disabled', async () => (await state()).state === 'disabled')
    expect(await state()).toMatchObject({ disabled_because: 'gone', pending: 2 })
    await until('its run has ended', async () => {
      const { status } = await engine.client.workflow.getHandle(`webhook:${endpointId}`).describe()
      return status.name === 'COMPLETED'
    })
    await happen(billId, 2)
    receiver.mode = 204
    await transaction(engine.root.sql, (tx) => setEndpointState(tx, owner(), endpointId, 'enabled', { actor: 'test', now: clock.now() }))
    await wake()
    await allDelivered()
    expect(typesOf(billId)).toEqual(TYPES)
  })

  it('are found by the sweep when nobody told the run, and when the run is gone', async () => {
    const [billId] = (await bills(1)) as [string]
    const sweep = (): Promise<unknown> => sweepActivities({ ...portsOf(engine.root), wake: async () => undefined }).sweep()
    await happen(billId, 2)
    await sweep()
    await allDelivered()
    await engine.client.workflow.getHandle(`webhook:${endpointId}`).terminate('test')
    await happen(billId, 2)
    ahead += 20 * 60_000
    await sweep()
    await allDelivered()
    expect(typesOf(billId)).toEqual(TYPES)
  })

  it('are given up after four weeks, make way for the next, and can be sent again', async () => {
    const [billId] = (await bills(1)) as [string]
    await happen(billId, 2)
    receiver.mode = ({ type }) => (type === 'bill.paused' ? 500 : 204)
    await wake()
    await until('it was tried', async () => (await state()).last_error !== null)
    ahead += 29 * DAY_MS
    await wake()
    await until('the next is through', () => taken(billId).length === 1)
    await allDelivered()
    expect(await state()).toMatchObject({ given_up: 1, pending: 0 })
    const [lost] = await listDeliveries(engine.root.sql, endpointId, { before: null, limit: 1, state: 'givenUp' })
    expect(lost).toMatchObject({ type: 'bill.paused', attempts: 2 })
    receiver.mode = 204
    const by = { actor: 'test', now: clock.now() }
    await transaction(engine.root.sql, (tx) => redeliverEvent(tx, owner(), endpointId, lost?.event_id ?? '', by))
    await wake()
    await allDelivered()
    expect(typesOf(billId)).toEqual(['bill.resumed', 'bill.paused'])
    expect(await state()).toMatchObject({ given_up: 0 })
  })

  it('are sent again since a time, under the ids that they had', async () => {
    const [billId] = (await bills(1)) as [string]
    await happen(billId, 4)
    await wake()
    await allDelivered()
    const first = taken(billId).map(({ id }) => id)
    const by = { actor: 'test', now: clock.now() }
    await transaction(engine.root.sql, (tx) => redeliverSince(tx, owner(), endpointId, clock.now() - DAY_MS, by))
    await wake()
    await until('all came twice', () => taken(billId).length === 8)
    expect(
      taken(billId)
        .slice(4)
        .map(({ id }) => id),
    ).toEqual(first)
  })

  it('are only of the types that were asked for', async () => {
    const picky = await makeEndpoint(engine.root, institutionId, receiver.url, ['bill.resumed'])
    await transaction(engine.root.sql, (tx) => setEndpointState(tx, owner(), endpointId, 'deleted', { actor: 'test', now: clock.now() }))
    const [billId] = (await bills(1)) as [string]
    await happen(billId, 4)
    await engine.root.engine.wakeWebhook(picky.endpointId)
    await until('both came', () => taken(billId).length === 2)
    expect(typesOf(billId)).toEqual(['bill.resumed', 'bill.resumed'])
  })

  it('keep secrets and addresses out of Temporal', async () => {
    const [billId] = (await bills(1)) as [string]
    await happen(billId, 2)
    await wake()
    await allDelivered()
    const handle = engine.client.workflow.getHandle(`webhook:${endpointId}`)
    const history = wordsOf((await handle.fetchHistory()).events)
    expect(history).toContain(endpointId)
    for (const hidden of [secret, receiver.url, `:${new URL(receiver.url).port}`, billId]) {
      expect(history).not.toContain(hidden)
    }
  })
})
