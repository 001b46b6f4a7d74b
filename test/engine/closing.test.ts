import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { beginCheckout } from '../../store/commands/begin-checkout.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { openCheckout } from '../../store/commands/open-checkout.ts'
import { recordCapture } from '../../store/commands/record-capture.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { startTestEngine, type StartedEngine } from '../support/start-engine.ts'
import { eventually } from '../support/eventually.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { quietPolicy } from '../support/policy.ts'

const RUNS = 1_000
const AT_ONCE = 25

/**
 * A run that is closing must not lose the signal that arrives at that very moment. Each bill is cancelled, which closes
 * its run, while the payment that was under way is recorded, which asks for a refund. No sweep runs here: a lost signal
 * would leave its refund requested for ever.
 */
describe('signals fired into the closing task of a run', () => {
  const gateway = new FakeGateway()
  let engine: StartedEngine

  beforeAll(async () => {
    engine = await startTestEngine(gateway)
  })
  afterAll(() => engine.stop())

  async function closeWhilePaying(institutionId: string, index: number): Promise<void> {
    const { root } = engine
    const billId = await engine.issue({ institutionId, citizen: `citizen ${index}` })
    await engine.until(billId, 'delivered')
    const order = {
      citizenId: await engine.citizenOf(billId),
      billIds: [billId],
      gateway: gateway.name,
      language: 'ko',
      returnPath: '/',
      actor: 'test',
    } as const
    const { checkoutId } = await transaction(root.sql, (tx) => beginCheckout(tx, order, root.clock.now()))
    await transaction(root.sql, (tx) => openCheckout(tx, checkoutId, { reference: `ref-${checkoutId}`, url: 'https://gateway.example' }))
    const cancelled = await transaction(root.sql, (tx) => cancelBill(tx, { billId, reason: 'test', actor: 'test' }, root.clock.now()))
    const closing = root.engine.wake(cancelled)
    // From "before the closing task" to "after the run has closed", in steps finer than a task takes.
    await new Promise((resolve) => setTimeout(resolve, index % 40))
    const capture = { status: 'captured', amount: { minor: 1_000n, currency: 'KRW' }, method: 'card', paidAt: root.clock.now() } as const
    const refunds = await transaction(root.sql, (tx) => recordCapture(tx, checkoutId, capture, root.clock.now()))
    await Promise.all([closing, root.engine.wake(refunds)])
  }

  it(`loses nothing in ${RUNS} runs with the sweep off`, async () => {
    const institutionId = await engine.institution('Closing', quietPolicy)
    let next = 0
    const lane = async (): Promise<void> => {
      while (next < RUNS) await closeWhilePaying(institutionId, next++)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, lane))
    const states = await eventually(
      'every refund has succeeded',
      async () => {
        const rows = await engine.root.sql<{ state: string; count: bigint }[]>`select state, count(*) from refunds group by state`
        return rows.length === 1 && rows[0]?.state === 'succeeded' ? rows : undefined
      },
      60_000,
    )
    expect(states).toEqual([{ state: 'succeeded', count: BigInt(RUNS) }])
    expect(gateway.refunds.size).toBe(RUNS)
    const [{ unapplied } = { unapplied: -1n }] = await engine.root.sql<
      { unapplied: bigint }[]
    >`select count(*) as unapplied from facts where applied_at is null`
    expect(unapplied).toBe(0n)
  }, 400_000)
})
