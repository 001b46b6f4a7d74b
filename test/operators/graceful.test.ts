import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { eventually } from '../support/eventually.ts'
import { type OwnProcess, startOwnProcess } from '../support/own-process.ts'
import { administer } from '../support/template.ts'
import { startWorkerProcess } from '../support/worker-process.ts'
import { newBillBody } from '../api/inputs.ts'
import { type OperatorsWorld, openOperatorsWorld } from './world.ts'

const BILLS = 20

/** SIGTERM in the middle of everything: what is under way ends once, and what is not goes on elsewhere, once. */
describe('a process that is told to end', () => {
  let world: OperatorsWorld
  const running: OwnProcess[] = []

  beforeAll(async () => {
    world = await openOperatorsWorld()
  }, 300_000)
  afterEach(() => Promise.all(running.splice(0).map((one) => one.kill())))
  afterAll(() => world.stop())

  const start = async (starting: Promise<OwnProcess>): Promise<OwnProcess> => {
    const one = await starting
    running.push(one)
    return one
  }
  const quiet = (): Record<string, string> => ({ ...world.environment, GOJI_LOG_LEVEL: 'warn' })
  const count = async (what: 'payments' | 'deliveries'): Promise<number> => {
    const { sql } = world.engine.root
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from ${sql(what)}`
    return row?.count ?? 0
  }

  it('as a worker loses no send and no payment, and repeats none', async () => {
    const { engine, gateway, institutionId } = world
    const first = await start(startWorkerProcess(quiet()))
    const paying = await Promise.all(
      Array.from({ length: BILLS }, (_, index) => engine.issue({ institutionId, citizen: `payer ${index}`, index })),
    )
    for (const billId of paying) await engine.until(billId, 'delivered')
    const checkouts = await Promise.all(paying.map((billId) => world.authorized(billId)))
    // Payments are reported and other bills come in; in the middle of both the worker is told to end.
    const served = Promise.all(Array.from({ length: BILLS }, (_, index) => engine.issue({ institutionId, citizen: `reader ${index}` })))
    const reported = Promise.all(checkouts.map((checkoutId) => engine.root.engine.reportCheckout(checkoutId)))
    await eventually('the first payment is recorded', async () => ((await count('payments')) > 0 ? true : undefined))
    const code = first.stop()
    const bills = await served
    await reported
    expect(await code).toBe(0)
    const recorded = await count('payments')

    const second = await start(startWorkerProcess(quiet()))
    for (const billId of paying) await engine.until(billId, 'paid')
    for (const billId of bills) await engine.until(billId, 'delivered')
    const { sql } = engine.root
    await eventually('every fact has been read', async () => {
      const left = await sql`select id from facts where applied_at is null`
      return left.length === 0 ? true : undefined
    })
    expect(await second.stop()).toBe(0)

    expect(recorded).toBeLessThanOrEqual(BILLS)
    expect(await count('payments')).toBe(BILLS)
    const captured = (await gateway.driver.journal()).filter(({ op }) => op === 'capture').map(({ key }) => key)
    expect(captured.sort()).toEqual([...checkouts].sort())
    // Nobody was killed, so not even a send was begun twice.
    expect(await sql`select id from deliveries where attempts <> 1 or state <> 'delivered'`).toHaveLength(0)
    expect(await count('deliveries')).toBe(2 * BILLS)
  }, 400_000)

  it('as an API answers what is under way, and takes nothing new', async () => {
    const { sql } = world.engine.root
    const key = await world.key(['bills:read', 'bills:write'])
    const worker = await start(startWorkerProcess(quiet()))
    const api = await start(startOwnProcess('api/main.ts', quiet()))
    const order = (path: string, body: unknown, idempotencyKey: string): Promise<Response> =>
      fetch(`${api.listening}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
        body: JSON.stringify(body),
      })
    const citizen = { identifier: 'somebody', name: '김하늘', language: 'ko', contacts: [{ channel: 'inbox', address: 'somebody' }] }
    const made = await order('/v1/bills', newBillBody({ billNumber: 'held', citizen }), 'made')
    const { id } = (await made.json()) as { id: string }
    await world.engine.until(id, 'delivered')

    let release = (): void => undefined
    const isHeld = new Promise<void>((held) => {
      void sql.begin(async (tx) => {
        await tx`select 1 from bills where id = ${id} for update`
        held()
        await new Promise<void>((resolve) => (release = resolve))
      })
    })
    await isHeld
    // These wait for the row; the process is told to end while they do.
    const answers = Promise.all(['one', 'two', 'three'].map((reason) => order(`/v1/bills/${id}/pause`, { reason }, `pause-${reason}`)))
    await eventually('the orders wait for the bill', async () => {
      // What others wait for is shown to the server's own administrator alone.
      let waiting = 0
      await administer(world.databaseUrl, async (admin) => {
        const rows = await admin`
          select 1 from pg_stat_activity where datname = current_database() and application_name = 'goji-api' and wait_event_type = 'Lock'`
        waiting = rows.length
      })
      return waiting >= 3 ? true : undefined
    })
    const code = api.stop()
    await eventually('it takes nothing new', () =>
      fetch(`${api.listening}/healthz`).then(
        () => undefined,
        () => true,
      ),
    )
    release()
    expect((await answers).map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect(await code).toBe(0)
    expect(await sql`select seq from pauses where bill_id = ${id}`).toHaveLength(1)
    await worker.stop()
  }, 300_000)
})
