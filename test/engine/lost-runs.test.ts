import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Swept, sweepActivities } from '../../activities/sweep.ts'
import { beginCheckout } from '../../store/commands/begin-checkout.ts'
import { transaction } from '../../store/unit/transaction.ts'
import { portsOf } from '../../workers/worker.ts'
import { eventually } from '../support/eventually.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { pay, receiveSettlement } from '../support/money.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'

const HOUR_MS = 3_600_000

/** The process died between the commit and the start of a run, or Temporal was down: the sweep starts what is missing. */
describe('a run that was never started', () => {
  const gateway = new FakeGateway()
  let engine: StartedEngine
  let institutionId: string

  beforeAll(async () => {
    engine = await startTestEngine(gateway)
    institutionId = await engine.institution('Lost', quietPolicy)
  })
  afterAll(() => engine.stop())

  const sweepIn = (ms: number): Promise<Swept> =>
    sweepActivities({ ...portsOf(engine.root), clock: { now: () => engine.root.clock.now() + ms } }).sweep()

  async function delivered(citizen: string): Promise<string> {
    const billId = await engine.issue({ institutionId, citizen })
    await engine.until(billId, 'delivered')
    return billId
  }

  /** Claims a bill and starts no run. */
  async function begin(billId: string, now: number): Promise<string> {
    const order = {
      citizenId: await engine.citizenOf(billId),
      billIds: [billId],
      gateway: gateway.name,
      language: 'ko',
      returnPath: '/',
      actor: 'test',
    } as const
    return (await transaction(engine.root.sql, (tx) => beginCheckout(tx, order, now))).checkoutId
  }

  it('of a checkout gets its payment page, late', async () => {
    const { root } = engine
    const billId = await delivered('a payer')
    const checkoutId = await begin(billId, root.clock.now())
    expect(await sweepIn(0)).toMatchObject({ checkouts: 0 })
    expect(await sweepIn(90_000)).toMatchObject({ checkouts: 1 })
    await eventually('the payment page is there', async () => {
      const [row] = await root.sql<{ session_url: string | null }[]>`select session_url from checkouts where id = ${checkoutId}`
      return row?.session_url ?? undefined
    })
    // Nobody pays, and the run itself ends it in time; what the next sweeps do is put off and harmless.
    expect(await sweepIn(90_000)).toMatchObject({ checkouts: 0 })
    await root.engine.cancelCheckout(checkoutId)
    const [bill] = await root.sql<{ checkout_id: string | null }[]>`select checkout_id from bills where id = ${billId}`
    expect(bill).toEqual({ checkout_id: null })
  })

  it('of a checkout whose time is over lets its bills go', async () => {
    const { root } = engine
    const billId = await delivered('an absent payer')
    const checkoutId = await begin(billId, root.clock.now() - HOUR_MS)
    expect(await sweepIn(0)).toMatchObject({ checkouts: 1 })
    await eventually('the checkout has expired', async () => {
      const [row] = await root.sql<{ state: string }[]>`select state from checkouts where id = ${checkoutId}`
      return row?.state === 'expired' ? true : undefined
    })
    const [bill] = await root.sql<{ checkout_id: string | null }[]>`select checkout_id from bills where id = ${billId}`
    expect(bill).toEqual({ checkout_id: null })
    expect(await sweepIn(HOUR_MS)).toMatchObject({ checkouts: 0 })
  })

  it('of a statement books it', async () => {
    const { root } = engine
    const billId = await delivered('a paid citizen')
    const { wakes, ...payment } = await pay(root, billId)
    await root.engine.wake(wakes)
    await engine.until(billId, 'paid')
    const statementId = await receiveSettlement(root, [payment])
    expect(await sweepIn(0)).toMatchObject({ statements: 0 })
    expect(await sweepIn(90_000)).toMatchObject({ statements: 1 })
    await engine.until(billId, 'settled')
    await eventually('the statement is posted', async () => {
      const [row] = await root.sql<{ state: string }[]>`select state from statements where id = ${statementId}`
      return row?.state === 'posted' ? true : undefined
    })
    expect(await sweepIn(HOUR_MS)).toMatchObject({ statements: 0 })
  })
})
