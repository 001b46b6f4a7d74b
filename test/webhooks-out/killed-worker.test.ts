import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { pauseBill, resumeBill } from '../../store/commands/pause-bill.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { readEndpoint } from '../../store/webhooks/endpoint-row.ts'
import { listAttempts } from '../../store/webhooks/list-deliveries.ts'
import { eventually } from '../support/eventually.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'
import { startWorkerProcess } from '../support/worker-process.ts'
import { makeEndpoint } from './endpoint.ts'
import { type Receiver, startReceiver } from './receiver.ts'

/** The receiver has the webhook and holds its answer back, so the kill falls between the call and its record. */
describe('a worker killed while a webhook is under way', () => {
  let engine: StartedEngine
  let receiver: Receiver
  beforeAll(async () => {
    engine = await startTestEngine(new FakeGateway())
    await engine.stopWorker()
    receiver = await startReceiver()
  }, 60_000)
  afterAll(async () => {
    await engine.stop()
    await receiver.stop()
  })

  it('leaves it to be sent again under the same id, before what follows it', async () => {
    const { root } = engine
    const { DATABASE_URL, GOJI_PEPPER, GOJI_LINK_SECRET, GOJI_GATEWAY, GOJI_TASK_QUEUE, TEMPORAL_ADDRESS } = root.config
    const environment = {
      DATABASE_URL,
      GOJI_PEPPER,
      GOJI_LINK_SECRET,
      GOJI_GATEWAY,
      GOJI_TASK_QUEUE,
      TEMPORAL_ADDRESS,
      GOJI_WEBHOOK_LOOPBACK: 'on',
      GOJI_SWEEP: 'off',
      GOJI_LOG_LEVEL: 'warn',
    }
    const institutionId = await engine.institution('Killed', quietPolicy)
    const { endpointId } = await makeEndpoint(root, institutionId, receiver.url)
    const billId = await engine.issue({ institutionId, citizen: 'somebody', start: false })
    const order = { billId, reason: 'test', actor: 'test' }
    await transaction(root.sql, (tx) => pauseBill(tx, order, root.clock.now()))
    await transaction(root.sql, (tx) => resumeBill(tx, order, root.clock.now()))
    receiver.mode = 'hang'
    const first = await startWorkerProcess(environment)
    await root.engine.wakeWebhook(endpointId)
    await eventually('the first is under way', async () => (receiver.received.length > 0 ? true : undefined))
    await first.kill()
    receiver.mode = 204
    const second = await startWorkerProcess(environment)
    await eventually(
      'all is delivered',
      async () => {
        const { oldest_pending_at: oldest } = await readEndpoint(root.sql, { institutionId, mode: 'test' }, endpointId)
        return oldest === null ? true : undefined
      },
      90_000,
    )
    await second.stop()
    expect(receiver.received.map(({ type }) => type)).toEqual(['bill.paused', 'bill.paused', 'bill.resumed'])
    expect(receiver.received[0]?.id).toBe(receiver.received[1]?.id)
    const attempts = await listAttempts(root.sql, endpointId, { before: null, limit: 10, eventId: receiver.received[0]?.id })
    expect(attempts.map(({ number, status }) => [number, status])).toEqual([
      [2, 204],
      [1, null],
    ])
  }, 180_000)
})
