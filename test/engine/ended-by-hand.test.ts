import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { startCheckout } from '../../composition/start-checkout.ts'
import { refundBill } from '../../store/commands/refund-bill.ts'
import { pauseBill } from '../../store/commands/pause-bill.ts'
import { receiveStatement } from '../../store/statements/receive-statement.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { ensureSweep } from '../../workers/sweep-schedule.ts'
import { check } from '../checker/check.ts'
import type { GatewayHarness } from '../contract/gateway-harness.ts'
import { reasonMissing } from '../support/counterpart.ts'
import { eventually } from '../support/eventually.ts'
import { FakeChannel } from '../support/fake-channel.ts'
import { startGatewayHarness } from '../support/find-gateway-harness.ts'
import { quietPolicy } from '../support/policy.ts'
import { describeIf } from '../support/skip.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'
import { makeEndpoint } from '../webhooks-out/endpoint.ts'
import { type Receiver, startReceiver } from '../webhooks-out/receiver.ts'
import { newRow, order, readyBatch, untilBatch } from './batch-world.ts'

const missing = (await reasonMissing('postgres')) ?? (await reasonMissing('temporal'))
/** What an operator can do to a run in Temporal's UI or by its command. */
const MANNERS = ['terminate', 'cancel', 'reset', 'delete'] as const
type Manner = (typeof MANNERS)[number]
/** Past every grace of the sweep; the policies' own times are longer. */
const AHEAD_MS = 2 * 60_000
const SLOW = 180_000
const won = (minor: bigint) => ({ minor, currency: 'KRW' }) as const

describeIf(missing === null, missing ?? '')('a run that somebody ends by hand', () => {
  const clock = { ahead: 0, now: (): number => Date.now() + clock.ahead }
  const talk = new FakeChannel('talk', 'delivers', clock)
  let gateway: GatewayHarness
  let engine: StartedEngine
  let receiver: Receiver
  let town: string
  let people = 0

  beforeAll(async () => {
    gateway = await startGatewayHarness()
    receiver = await startReceiver()
    engine = await startTestEngine(gateway.gateway, { clock, channels: [talk] })
    town = await engine.institution('Town', { ...quietPolicy, chain: [{ channel: 'talk', wait: 'PT24H', until: 'delivered' }] })
    await ensureSweep(engine.client, engine.root.config.GOJI_TASK_QUEUE)
  }, SLOW)
  afterAll(async () => {
    await engine.client.schedule.getHandle(`sweep:${engine.root.config.GOJI_TASK_QUEUE}`).delete()
    // Nothing was taken, given back or written twice, in all that the tests did.
    expect(await check({ databaseUrl: engine.databaseUrl, gatewayJournal: gateway.journalFile ?? '' })).toEqual([])
    await engine.stop()
    await gateway.stop()
    await receiver.stop()
  })

  /** Does it once the run has done its first task, so that there is something to reset to. */
  async function end(workflowId: string, manner: Manner): Promise<void> {
    const handle = engine.client.workflow.getHandle(workflowId)
    const { workflowService, options } = engine.client
    const { namespace } = options
    if (manner === 'terminate') return void (await handle.terminate('by hand'))
    if (manner === 'cancel') return void (await handle.cancel())
    if (manner === 'delete') return void (await workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } }))
    const first = await eventually('the first task is done', async () => {
      const { events } = await handle.fetchHistory()
      return events?.find(({ workflowTaskCompletedEventAttributes: done }) => done)?.eventId
    })
    const { runId } = await handle.describe()
    await workflowService.resetWorkflowExecution({
      namespace,
      workflowExecution: { workflowId, runId },
      reason: 'by hand',
      workflowTaskFinishEventId: first,
      requestId: randomUUID(),
    })
  }

  /** Waits with the sweep's clock ahead, so that it finds at once what would be found in a minute. */
  async function found(wait: () => Promise<unknown>): Promise<void> {
    clock.ahead = AHEAD_MS
    await wait()
    clock.ahead = 0
  }
  const issued = (): Promise<string> => engine.issue({ institutionId: town, citizen: `citizen ${++people}` })
  const delivered = async (): Promise<string> => {
    const billId = await issued()
    await engine.until(billId, 'delivered')
    return billId
  }
  const pageFor = async (billId: string): Promise<string> => {
    const words = { gateway: gateway.gateway.name, language: 'ko', returnPath: '/checkouts/{id}/return', actor: 'citizen' } as const
    const order = { ...words, citizenId: await engine.citizenOf(billId), billIds: [billId] }
    return (await startCheckout(engine.root, order)).checkoutId
  }
  const pay = async (billId: string): Promise<string> => {
    const checkoutId = await pageFor(billId)
    expect(await gateway.driver.authorize(checkoutId, 'card')).toBe(true)
    await engine.root.engine.reportCheckout(checkoutId)
    await engine.until(billId, 'paid')
    return checkoutId
  }
  const notices = async (billId: string): Promise<number> => {
    const rows = await engine.root.sql<{ id: string }[]>`select id from deliveries where bill_id = ${billId}`
    return talk.sent.filter(({ request }) => rows.some(({ id }) => id === request.key)).length
  }
  const moved = async (key: string): Promise<number> => (await gateway.driver.journal()).filter((line) => line.key === key).length
  const settleDay = async (): Promise<string[]> => {
    const made: string[] = []
    for (const name of await gateway.driver.settle()) {
      const content = await gateway.gateway.settlementFile(name, AbortSignal.timeout(5_000))
      const file = gateway.gateway.parseSettlement(content)
      const received = await transaction(engine.root.sql, (tx) =>
        receiveStatement(tx, { gateway: gateway.gateway.name, file, content, actor: 'test' }, Date.now()),
      )
      made.push(received.statementId)
    }
    return made
  }

  it.each(MANNERS)(
    '%s: of a bill before its notice is sent, while it waits for the money, and while money goes back',
    async (manner) => {
      talk.behaviour = 'busy'
      const tried = talk.attempts
      const unsent = await issued()
      await eventually('the channel was tried', async () => (talk.attempts > tried ? true : undefined))
      await end(`bill:${unsent}`, manner)
      talk.behaviour = 'delivers'
      const [waiting, paidBack] = [await delivered(), await delivered()]
      await end(`bill:${waiting}`, manner)
      const paidBackPage = await pay(paidBack)
      const refundOrder = { billId: paidBack, amount: won(400n), expected: won(1_000n), note: 'x', cancelCharge: true, actor: 'test' }
      const ordered = await transaction(engine.root.sql, (tx) => refundBill(tx, refundOrder, Date.now()))
      const [refundId = ''] = ordered.refundIds
      await gateway.driver.fault(refundId, 'refund', 'errorAfterEffect')
      await engine.root.engine.wake(ordered.wakes)
      await eventually('the refund is under way', async () => {
        const [row] = await engine.root.sql<{ state: string }[]>`select state from refunds where id = ${refundId}`
        return row?.state === 'requested' ? undefined : true
      })
      await end(`bill:${paidBack}`, manner)

      const refunded = (): Promise<true> =>
        eventually('the refund is made', async () => {
          const [row] = await engine.root.sql<{ state: string }[]>`select state from refunds where id = ${refundId}`
          return row?.state === 'succeeded' ? true : undefined
        })
      await found(() => Promise.all([engine.until(unsent, 'delivered'), refunded()]))
      const page = await pay(waiting)
      for (const billId of [unsent, waiting, paidBack]) expect(await notices(billId)).toBe(1)
      expect([await moved(page), await moved(paidBackPage), await moved(refundId)]).toEqual([1, 1, 1])
      const made = await settleDay()
      for (const statementId of made) await engine.root.engine.postStatement(statementId)
      await engine.until(waiting, 'settled')
      await engine.until(paidBack, 'settled')
    },
    SLOW,
  )

  it.each(MANNERS)(
    '%s: of a checkout before and after the citizen has paid',
    async (manner) => {
      const [early, late] = [await delivered(), await delivered()]
      const [earlyPage, latePage] = [await pageFor(early), await pageFor(late)]
      await end(`checkout:${earlyPage}`, manner)
      expect(await gateway.driver.authorize(earlyPage, 'card')).toBe(true)
      expect(await gateway.driver.authorize(latePage, 'card')).toBe(true)
      await end(`checkout:${latePage}`, manner)
      // The gateway's webhook comes, as it always does.
      await eventually('both are paid', async () => {
        for (const checkoutId of [earlyPage, latePage]) await engine.root.engine.reportCheckout(checkoutId)
        const rows = await engine.root.sql`select 1 from bills where id = any(${[early, late]}) and status = 'paid'`
        return rows.length === 2 ? true : undefined
      })
      expect([await moved(earlyPage), await moved(latePage)]).toEqual([1, 1])
    },
    SLOW,
  )

  it(
    'a checkout of which no webhook ever comes is found when its time is over',
    async () => {
      const billId = await delivered()
      const checkoutId = await pageFor(billId)
      await end(`checkout:${checkoutId}`, 'delete')
      expect(await gateway.driver.authorize(checkoutId, 'card')).toBe(true)
      clock.ahead = 2 * 3_600_000
      await engine.until(billId, 'paid')
      clock.ahead = 0
      expect(await moved(checkoutId)).toBe(1)
    },
    SLOW,
  )

  it.each(MANNERS)(
    '%s: of a statement, a batch and a webhook endpoint, each of which ends with everything once',
    async (manner) => {
      const billId = await delivered()
      await pay(billId)
      const institutionId = await engine.institution(`Batch-${manner}`, quietPolicy)
      const { endpointId } = await makeEndpoint(engine.root, institutionId, receiver.url)
      const batchId = await readyBatch(
        engine.root,
        institutionId,
        Array.from({ length: 20 }, (_, index) => newRow(index + 2)),
      )
      await order(engine.root, { batchId, institutionId, event: 'issue' })
      const [statementId = ''] = await settleDay()
      // Nobody works while their runs are there, so each is met before it has done anything; a reset one waits for its first task.
      if (manner !== 'reset') await engine.stopWorker()
      await engine.root.engine.postStatement(statementId)
      await engine.root.engine.runBatch(batchId)
      await engine.root.engine.wakeWebhook(endpointId)
      const ended = new Set<string>()
      for (const workflowId of [`statement:${statementId}`, `batch:${batchId}`, `webhook:${endpointId}`]) {
        ended.add((await engine.client.workflow.getHandle(workflowId).describe()).runId)
        await end(workflowId, manner)
      }
      if (manner !== 'reset') await engine.startWorker()
      const goesOn = (workflowId: string): Promise<true> =>
        eventually(`another run of ${workflowId} is there`, async () => {
          const one = await engine.client.workflow
            .getHandle(workflowId)
            .describe()
            .catch(() => undefined)
          return one === undefined || ended.has(one.runId) ? undefined : true
        })
      await found(() => Promise.all([`statement:${statementId}`, `batch:${batchId}`].map(goesOn)))

      await engine.until(billId, 'settled')
      expect(await untilBatch(engine.root.sql, batchId, 'issued')).toEqual({ issued: 20 })
      const [{ id: one } = { id: '' }] = await engine.root.sql<
        { id: string }[]
      >`select id from bills where institution_id = ${institutionId} limit 1`
      const paused = await transaction(engine.root.sql, (tx) => pauseBill(tx, { billId: one, reason: 'x', actor: 'test' }, Date.now()))
      await engine.root.engine.wake(paused)
      await eventually('the institution hears of it', async () =>
        receiver.received.some(({ subject, type }) => subject === one && type === 'bill.paused') ? true : undefined,
      )
      const [lines] = await engine.root.sql<{ posted: number; lines: number }[]>`
      select (count(*) filter (where state = 'posted'))::int as posted, count(*)::int as lines from statement_lines where statement_id = ${statementId}`
      expect(lines?.posted).toBe(lines?.lines)
    },
    SLOW,
  )
})
