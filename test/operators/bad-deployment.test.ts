import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { bundleWorkflowCode, DefaultLogger, NativeConnection } from '@temporalio/worker'
import { readFileSync } from 'node:fs'
import { pino } from 'pino'
import { parse } from 'yaml'
import { bundleWorkflows } from '../../workers/worker.ts'
import { installRuntime, type TemporalMetrics } from '../../workers/runtime.ts'
import { createTestEngine, type TestEngine } from '../support/engine.ts'
import { eventually } from '../support/eventually.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { pay, receiveSettlement } from '../support/money.ts'
import { quietPolicy } from '../support/policy.ts'
import { type TestDatabase, withDatabase } from '../support/postgres.ts'
import { firing } from '../support/promql.ts'
import { readScrape } from '../support/scrape.ts'
import { withTemporal } from '../support/temporal.ts'

const rule = (name: string): string =>
  (
    parse(readFileSync(new URL('../../deploy/prometheus/alerts.yaml', import.meta.url), 'utf8')) as {
      groups: { rules: { alert: string; expr: string }[] }[]
    }
  ).groups
    .flatMap(({ rules }) => rules)
    .find(({ alert }) => alert === name)?.expr ?? ''

/** Half of a deployment's workflows throws: the alert fires, the other half works, and the version before ends what waits. */
describe('a bad deployment', () => {
  let database: TestDatabase
  let connection: NativeConnection
  let metrics: TemporalMetrics
  let bad: TestEngine
  let address = ''
  const lines: string[] = []

  beforeAll(async () => {
    metrics = await installRuntime(pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) }), { metrics: true })
    database = await withDatabase()
    ;({ address } = await withTemporal())
    connection = await NativeConnection.connect({ address })
    const workflowsPath = fileURLToPath(new URL('bad-workflows.ts', import.meta.url))
    const bundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') })
    bad = await createTestEngine({ databaseUrl: database.url, connection, address, bundle, gateway: new FakeGateway() })
    await bad.startWorker()
  }, 300_000)
  afterAll(async () => {
    await bad.stop()
    await connection.close()
    await database.drop()
  })

  it('raises an alert, holds up nothing else, and is over with the version before', async () => {
    const { root } = bad
    const fails = rule('GojiWorkflowTasksFail')
    const institutionId = await bad.institution('City', quietPolicy)
    const paid = await bad.issue({ institutionId, citizen: 'a payer' })
    await bad.until(paid, 'delivered')
    const { wakes, ...payment } = await pay(root, paid)
    await root.engine.wake(wakes)
    await bad.until(paid, 'paid')

    const before = readScrape(await metrics.read())
    expect(firing(fails, before, before)).toEqual([])
    const statementId = await receiveSettlement(root, [payment])
    await root.engine.postStatement(statementId)
    const fired = await eventually('the alert fires', async () => {
      const found = firing(fails, before, readScrape(await metrics.read()))
      return found.length > 0 ? found : undefined
    })
    expect(fired).toEqual([{ workflow_type: 'statement', failure_reason: 'WorkflowError' }])
    // The counter moves a moment before the line is written.
    await eventually('the log says which statement', async () =>
      lines.some((line) => line.includes('a bad deployment') && line.includes(`"statementId":"${statementId}"`)) ? true : undefined,
    )
    // On the same worker, meanwhile.
    const other = await bad.issue({ institutionId, citizen: 'somebody else' })
    await bad.until(other, 'delivered')

    await bad.stopWorker()
    const good = await createTestEngine({
      databaseUrl: database.url,
      connection,
      address,
      bundle: await bundleWorkflows(),
      gateway: new FakeGateway(),
      taskQueue: root.config.GOJI_TASK_QUEUE,
    })
    await good.startWorker()
    await good.until(paid, 'settled')
    await good.stop()
  }, 300_000)
})
