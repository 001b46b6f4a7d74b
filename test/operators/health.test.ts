import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { eventually } from '../support/eventually.ts'
import { type OwnProcess, startOwnProcess } from '../support/own-process.ts'
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { startWorkerProcess } from '../support/worker-process.ts'
import { type OperatorsWorld, openOperatorsWorld } from './world.ts'

/** Worker and API reach database and Temporal by ways that are cut, one after the other. */
describe('health and readiness', () => {
  let world: OperatorsWorld
  let database: TcpProxy
  let temporal: TcpProxy
  let worker: OwnProcess
  let api: OwnProcess
  const running: OwnProcess[] = []

  beforeAll(async () => {
    world = await openOperatorsWorld()
    const url = new URL(world.environment['DATABASE_URL'] ?? '')
    ;[database, temporal] = await Promise.all([
      openTcpProxy(`${url.hostname}:${url.port}`),
      openTcpProxy(world.environment['TEMPORAL_ADDRESS'] ?? ''),
    ])
    url.host = database.address
    const environment = {
      ...world.environment,
      DATABASE_URL: url.href,
      TEMPORAL_ADDRESS: temporal.address,
      GOJI_LOG_LEVEL: 'error',
    }
    worker = await startWorkerProcess(environment)
    running.push(worker)
    api = await startOwnProcess('api/main.ts', environment)
    running.push(api)
  }, 300_000)
  afterAll(async () => {
    await Promise.all(running.map((one) => one.kill()))
    await Promise.all([database.stop(), temporal.stop()])
    await world.stop()
  })

  const look = async (base: string, path = '/readyz'): Promise<{ status: number; body: Record<string, unknown> }> => {
    const answer = await fetch(`${base}${path}`)
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  const operations = (): string => `http://127.0.0.1:${worker.operationsPort}`
  const until = (base: string, wanted: { status: number; dependencies: Record<string, string> }): Promise<unknown> =>
    eventually(`${base} says ${JSON.stringify(wanted)}`, async () => {
      const { status, body } = await look(base)
      return status === wanted.status && JSON.stringify(body['dependencies']) === JSON.stringify(wanted.dependencies) ? true : undefined
    })
  const alive = async (): Promise<void> => {
    for (const base of [operations(), api.listening]) expect((await look(base, '/healthz')).body).toMatchObject({ status: 'alive' })
  }

  it('name the database while it is away, and are well again by themselves', async () => {
    const well = { status: 200, dependencies: { database: 'up', engine: 'up' } }
    await Promise.all([until(operations(), well), until(api.listening, well)])
    database.cut()
    const lost = { status: 503, dependencies: { database: 'down', engine: 'up' } }
    await Promise.all([until(operations(), lost), until(api.listening, lost)])
    await alive()
    // Figures of the process are told all the same, and the books say that they cannot be read.
    const figures = await (await fetch(`http://127.0.0.1:${api.operationsPort}/metrics`)).text()
    expect(figures).toMatch(/^goji_books_readable 0$/m)
    database.mend()
    await Promise.all([until(operations(), well), until(api.listening, well)])
  }, 300_000)

  it('name Temporal while it is away: the API stays in service and the worker does not', async () => {
    temporal.cut()
    const lost = { database: 'up', engine: 'down' }
    await Promise.all([until(operations(), { status: 503, dependencies: lost }), until(api.listening, { status: 200, dependencies: lost })])
    await alive()
    temporal.mend()
    const well = { status: 200, dependencies: { database: 'up', engine: 'up' } }
    await Promise.all([until(operations(), well), until(api.listening, well)])
    const billId = await world.engine.issue({ institutionId: world.institutionId, citizen: 'after the outage' })
    await world.engine.until(billId, 'delivered')
  }, 300_000)
})
