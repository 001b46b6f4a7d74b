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
    const failures = async (): Promise<(string | null | undefined)[]> =>
      ((await handle.fetchHistory()).events ?? []).flatMap(({ activityTaskFailedEventAttributes: failed }) =>
        failed ? [failed.failure?.applicationFailureInfo?.type] : [],
      )
    await eventually('the books have refused', async () => ((await failures()).length > 0 ? true : undefined))
    expect(await failures()).toEqual(['database.23505'])
    expect((await handle.describe()).status.name).toBe('RUNNING')

    gateway.careless = false
    await handle.signal('swept')
    await refunded(billId)
  })
})
