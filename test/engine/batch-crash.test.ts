import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { countRows } from '../../store/batches/batch-row.ts'
import type { GatewayHarness } from '../contract/gateway-harness.ts'
import { eventually } from '../support/eventually.ts'
import { startGatewayHarness } from '../support/find-gateway-harness.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'
import { startWorkerProcess } from '../support/worker-process.ts'
import { newRow, order, readyBatch, untilBatch } from './batch-world.ts'

const ROWS = 200

describe('a worker killed in the middle of a batch', () => {
  let gateway: GatewayHarness
  let engine: StartedEngine

  beforeAll(async () => {
    gateway = await startGatewayHarness()
    engine = await startTestEngine(gateway.gateway)
    await engine.stopWorker()
  }, 120_000)
  afterAll(async () => {
    await engine.client.schedule
      .getHandle(`sweep:${engine.root.config.GOJI_TASK_QUEUE}`)
      .delete()
      .catch(() => undefined)
    await engine.stop()
    await gateway.stop()
  })

  it('leaves exactly one bill per row, each with its life', async () => {
    const { root } = engine
    const { DATABASE_URL, GOJI_PEPPER, GOJI_LINK_SECRET, GOJI_GATEWAY, GOJI_TASK_QUEUE, TEMPORAL_ADDRESS } = root.config
    const settings = {
      DATABASE_URL,
      GOJI_PEPPER,
      GOJI_LINK_SECRET,
      GOJI_GATEWAY,
      GOJI_TASK_QUEUE,
      TEMPORAL_ADDRESS,
      GOJI_LOG_LEVEL: 'error',
    }
    const environment = { ...settings, ...gateway.settings }
    const institutionId = await engine.institution('Killed', quietPolicy)
    const batchId = await readyBatch(
      root,
      institutionId,
      Array.from({ length: ROWS }, (_, index) => newRow(index + 2)),
    )
    const first = await startWorkerProcess(environment)
    await order(root, { batchId, institutionId, event: 'issue' })
    await root.engine.runBatch(batchId)
    await eventually('some rows are issued', async () => ((await countRows(root.sql, batchId)).issued ?? 0) > 20 || undefined, 60_000)
    await first.kill()
    const then = await countRows(root.sql, batchId)
    expect(then.received).toBeGreaterThan(0)

    const second = await startWorkerProcess(environment)
    expect(await untilBatch(root.sql, batchId, 'issued', 120_000)).toEqual({ issued: ROWS })
    // Also bills whose run was never started, because the kill fell between their commit and that: the sweep relays them.
    await eventually(
      'every bill has arrived',
      async () => {
        const [row] = await root.sql<{ bills: number; delivered: number }[]>`
          select count(*)::int as bills, (count(*) filter (where status = 'delivered'))::int as delivered from bills where institution_id = ${institutionId}`
        expect(row?.bills).toBe(ROWS)
        return row?.delivered === ROWS ? true : undefined
      },
      120_000,
    )
    await second.stop()
  }, 300_000)
})
