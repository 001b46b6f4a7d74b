import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { NativeConnection } from '@temporalio/worker'
import { refundBill } from '../../store/commands/refund-bill.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { bundleWorkflows } from '../../workers/worker.ts'
import { check } from '../checker/check.ts'
import { hear } from '../cli/goji.ts'
import { reasonMissing } from '../support/counterpart.ts'
import { createTestEngine, type TestEngine } from '../support/engine.ts'
import { eventually } from '../support/eventually.ts'
import { useChannels } from '../support/fake-channel.ts'
import { OwnTemporal } from '../support/own-temporal.ts'
import { describeIf } from '../support/skip.ts'
import { by, openRestoreWorld, type RestoreWorld } from './restore-world.ts'

const missing = (await reasonMissing('postgres')) ?? (await reasonMissing('temporal'))
const said = hear()
const won = (minor: bigint) => ({ minor, currency: 'KRW' }) as const
const SLOW = 300_000

/** Temporal is put back from a copy, or emptied, while the books go on. */
describeIf(missing === null, missing ?? '')('a Temporal that is older than the books', () => {
  const own = new OwnTemporal()
  let world: RestoreWorld
  let engine: TestEngine
  let leave = (): Promise<void> => Promise.resolve()
  beforeAll(async () => {
    world = await openRestoreWorld()
    await world.engine.stopWorker()
  }, SLOW)
  afterAll(async () => {
    await leave()
    await world.stop()
    await own.remove()
  })

  /** The same deployment, started anew on the server as it now is. No worker runs yet. */
  async function arrive(): Promise<void> {
    const address = await own.start()
    const connection = await NativeConnection.connect({ address })
    const { config } = world.engine.root
    const { GOJI_PEPPER, GOJI_LINK_SECRET, GOJI_TASK_QUEUE } = config
    engine = await createTestEngine({
      databaseUrl: world.engine.databaseUrl,
      connection,
      address,
      bundle: await bundleWorkflows(),
      gateway: world.gateway.gateway,
      clock: world.clock,
      settings: { GOJI_PEPPER, GOJI_LINK_SECRET, GOJI_TASK_QUEUE },
    })
    useChannels(engine.root.adapters, [world.talk, world.mail])
    await world.serve(engine.root)
    leave = async () => {
      leave = () => Promise.resolve()
      await engine.stop()
      await connection.close()
      await own.stop()
    }
  }

  const issue = (institutionId: string, citizen: string): Promise<string> => engine.issue({ institutionId, citizen })
  const delivered = async (institutionId: string, citizen: string): Promise<string> => {
    const billId = await issue(institutionId, citizen)
    await engine.until(billId, 'delivered')
    return billId
  }
  const pay = async (billId: string, page: string): Promise<void> => {
    expect(await world.gateway.driver.authorize(page, 'card')).toBe(true)
    await engine.root.engine.reportCheckout(page)
    await engine.until(billId, 'paid')
  }
  const refundOf = (billId: string): Promise<string> =>
    eventually('the refund is made', async () => {
      const [row] = await engine.root.sql<{ id: string; state: string }[]>`select id, state from refunds where bill_id = ${billId}`
      return row?.state === 'succeeded' ? row.id : undefined
    })
  const finding = async (name: string) => (await world.doctor(said)).findings.find(({ check: one }) => one === name)
  const untilWell = (): Promise<true> =>
    eventually('the doctor finds nothing more', async () => ((await finding('runs'))?.health === 'ok' ? true : undefined))

  it(
    'has every bill, refund and payment page go on from the books, with everything once',
    async () => {
      await arrive()
      await engine.startWorker()
      const town = await engine.institution('Town', by('talk'))
      const [paying, waiting, refunding] = [await delivered(town, 'a'), await delivered(town, 'b'), await delivered(town, 'c')]
      const payingPage = await world.pageFor([paying], engine.root)
      const refundingPage = await world.pageFor([refunding], engine.root)
      await pay(refunding, refundingPage)
      await leave()
      own.copy()

      // Since the copy: payments, a refund, a new bill with a payment page.
      await arrive()
      await engine.startWorker()
      await pay(paying, payingPage)
      const order = { billId: refunding, amount: won(300n), expected: won(1_000n), note: 'x', cancelCharge: true, actor: 'test' }
      const { wakes } = await transaction(engine.root.sql, (tx) => refundBill(tx, order, world.clock.now()))
      await engine.root.engine.wake(wakes)
      const refundId = await refundOf(refunding)
      const [fresh, unnoticed] = [await delivered(town, 'd'), await delivered(town, 'e')]
      const freshPage = await world.pageFor([fresh], engine.root)
      await leave()

      own.putBack()
      world.clock.ahead = 60_000
      await arrive()
      expect(await finding('lostRuns')).toMatchObject({
        health: 'wrong',
        found: expect.stringContaining(`bill:${fresh}`) as unknown as string,
      })
      const { repaired } = await world.doctor(said, '--repair')
      expect(repaired).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ subject: `bill:${fresh}`, kind: 'lost', done: 'woken' }),
          expect.objectContaining({ subject: `checkout:${freshPage}`, kind: 'lost', done: 'asked' }),
        ]),
      )
      await engine.startWorker()
      await pay(fresh, freshPage)
      await pay(waiting, await world.pageFor([waiting], engine.root))
      await untilWell()
      await leave()

      // And all of it is lost.
      own.empty()
      world.clock.ahead = 120_000
      await arrive()
      expect((await finding('lostRuns'))?.found).toMatch(/^5 bills or checkouts are open/)
      expect((await world.doctor(said, '--repair')).repaired.map(({ done }) => done)).toEqual(Array(5).fill('woken'))
      await engine.startWorker()
      await world.settleDay(engine.root)
      for (const billId of [paying, waiting, refunding, fresh]) await engine.until(billId, 'settled')
      await untilWell()
      expect((await world.doctor(said, '--repair')).repaired).toEqual([])

      expect(await refundOf(refunding)).toBe(refundId)
      expect(world.talk.sent).toHaveLength(5)
      expect(Object.values(await world.moved())).toEqual(Array(5).fill(1))
      expect(unnoticed).not.toBe(fresh)
      expect(await check({ databaseUrl: world.engine.databaseUrl, gatewayJournal: world.gateway.journalFile ?? '' })).toEqual([])
    },
    SLOW,
  )
})
