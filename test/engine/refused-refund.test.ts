import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { RefundReport } from '../../domain/ports/gateway.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { eventually } from '../support/eventually.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { capture, openPayment } from '../support/money.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'

/** A gateway that names every refund alike, which our books refuse: no two refunds are one. */
class Careless extends FakeGateway {
  careless = true
  override async refund({ key }: Parameters<FakeGateway['refund']>[0]): Promise<RefundReport> {
    return { status: 'succeeded', reference: this.careless ? 'the same' : key, refundedAt: Date.now() }
  }
  override refundReport = (): Promise<RefundReport> => Promise.resolve({ status: 'unknown' })
}

describe('a refund that the books refuse to record', () => {
  const gateway = new Careless()
  let engine: StartedEngine

  beforeAll(async () => {
    engine = await startTestEngine(gateway)
  })
  afterAll(() => engine.stop())

  /** A bill that was paid after it had been cancelled. */
  async function overpaid(institutionId: string, citizen: string): Promise<string> {
    const { root } = engine
    const billId = await engine.issue({ institutionId, citizen })
    await engine.until(billId, 'delivered')
    const payment = await openPayment(root, billId)
    const order = { billId, reason: 'Issued by mistake', actor: 'test' }
    await root.engine.wake(await transaction(root.sql, (tx) => cancelBill(tx, order, root.clock.now())))
    await root.engine.wake(await capture(root, payment))
    return billId
  }
  const refunded = (billId: string): Promise<true> =>
    eventually('the money went back', async () => {
      const [row] = await engine.root.sql<{ state: string }[]>`select state from refunds where bill_id = ${billId}`
      return row?.state === 'succeeded' ? true : undefined
    })

  it('waits for somebody to mend it, in a run that goes on', async () => {
    const institutionId = await engine.institution('Careless', quietPolicy)
    await refunded(await overpaid(institutionId, 'the first'))
    const billId = await overpaid(institutionId, 'the second')
    const handle = engine.client.workflow.getHandle(`bill:${billId}`)
    // The timer of the hour stands behind the last refusal: the run waits, and is not asking again and again.
    const events = await eventually('the run waits after the refusal', async () => {
      const all = (await handle.fetchHistory()).events ?? []
      const refusal = all.findLastIndex((event) => event.activityTaskFailedEventAttributes)
      const wait = all.findLastIndex((event) => event.timerStartedEventAttributes)
      return refusal !== -1 && wait > refusal ? all : undefined
    })
    const refusals = events.flatMap(({ activityTaskFailedEventAttributes: failed }) => failed?.failure?.applicationFailureInfo?.type ?? [])
    expect(new Set(refusals)).toEqual(new Set(['database.23505']))
    // At most one more attempt for each signal that came meanwhile.
    const signals = events.filter((event) => event.workflowExecutionSignaledEventAttributes).length
    expect(refusals.length).toBeLessThanOrEqual(1 + signals)
    expect((await handle.describe()).status.name).toBe('RUNNING')

    gateway.careless = false
    await handle.signal('swept')
    await refunded(billId)
  })
})
