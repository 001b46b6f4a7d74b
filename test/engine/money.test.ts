import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startCheckout } from '../../composition/start-checkout.ts'
import type { Money } from '../../domain/money.ts'
import type { Policy } from '../../domain/policy.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { refundBill, type RefundOrder } from '../../store/commands/refund-bill.ts'
import { giveRefundAccount } from '../../store/commands/refund-route.ts'
import { recordTransfer } from '../../store/commands/record-transfer.ts'
import { receiveStatement } from '../../store/statements/receive-statement.ts'
import type { Tx } from '../../store/connection.ts'
import { transaction } from '../../store/unit/transaction.ts'
import type { Wake } from '../../store/unit/with-bills.ts'
import type { GatewayHarness } from '../contract/gateway-harness.ts'
import { eventually } from '../support/eventually.ts'
import { wordsOf } from '../support/histories.ts'
import { startGatewayHarness } from '../support/find-gateway-harness.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'

const krw = (minor: bigint): Money => ({ minor, currency: 'KRW' })
const DAY = 86_400_000
const SLOW = 90_000

/** Bills over 1,000 won, the sandbox's own simulator, and what citizens, institutions and banks do to them. */
describe('the money of a bill', () => {
  let gateway: GatewayHarness
  let engine: StartedEngine
  let towns = 0
  beforeAll(async () => {
    gateway = await startGatewayHarness()
    engine = await startTestEngine(gateway.gateway)
  }, SLOW)
  afterAll(async () => {
    await engine.stop()
    await gateway.stop()
  })

  const town = (policy: Partial<Policy> = {}): Promise<string> => engine.institution(`Town${++towns}`, { ...quietPolicy, ...policy })
  const delivered = async (institutionId: string, citizen = `citizen ${towns}`): Promise<string> => {
    const billId = await engine.issue({ institutionId, citizen })
    await engine.until(billId, 'delivered')
    return billId
  }
  const command = async (work: (tx: Tx, now: number) => Promise<readonly Wake[]>): Promise<void> => {
    const { root } = engine
    await root.engine.wake(await transaction(root.sql, (tx) => work(tx, root.clock.now())))
  }
  /** A citizen pays on the gateway's page, all of it or a part. */
  async function pay(billId: string, part?: bigint): Promise<string> {
    const { checkoutId } = await startCheckout(engine.root, {
      citizenId: await engine.citizenOf(billId),
      billIds: [billId],
      ...(part === undefined ? {} : { amounts: new Map([[billId, krw(part)]]) }),
      gateway: gateway.gateway.name,
      language: 'ko',
      returnPath: '/checkouts/{id}/return',
      actor: 'citizen',
    })
    expect(await gateway.driver.authorize(checkoutId, 'card')).toBe(true)
    await engine.root.engine.reportCheckout(checkoutId)
    // Its run has ended by then: what the gateway tells of the payment later opens another one.
    expect(await engine.client.workflow.getHandle(`checkout:${checkoutId}`).result()).toBe('paid')
    return checkoutId
  }
  /** Money that came to a virtual account of the gateway, and that we hear of days later. */
  async function transfer(billId: string): Promise<void> {
    const key = `va-${billId}`
    const signal = AbortSignal.timeout(10_000)
    const expiresAt = (await gateway.driver.now()) + DAY
    const session = await gateway.gateway.openSession(
      { key, amount: krw(1_000n), title: 'va', language: 'ko', returnUrl: 'http://127.0.0.1/', expiresAt },
      signal,
    )
    await gateway.driver.authorize(key, 'bankAccount')
    await gateway.gateway.capture(key, signal)
    const seen = {
      gateway: gateway.gateway.name,
      reference: session.reference,
      method: 'virtualAccount',
      amount: krw(1_000n),
      paidAtSource: 'gateway',
      billId,
    } as const
    await command(async (tx, now) => (await recordTransfer(tx, { ...seen, paidAt: now - 5 * DAY }, now)).wakes)
  }
  const refunds = (billId: string, state: string, count = 1) =>
    eventually(`${count} refunds of ${billId} are ${state}`, async () => {
      const rows = await engine.root.sql<
        { id: string; amount_minor: bigint; reason: string; attempt: number }[]
      >`select id, amount_minor, reason, attempt from refunds where bill_id = ${billId} and state = ${state} order by id`
      return rows.length === count ? rows : undefined
    })
  const bill = async (billId: string) => (await engine.root.sql`select * from bills where id = ${billId}`)[0]
  const closed = (billId: string): Promise<unknown> => engine.client.workflow.getHandle(`bill:${billId}`).result()
  const ask = (billId: string, changes: Partial<RefundOrder>): Promise<string[]> =>
    transaction(engine.root.sql, async (tx) => {
      const order = { billId, expected: krw(1_000n), note: 'asked', cancelCharge: false, actor: 'key:test', ...changes }
      return (await refundBill(tx, order, engine.root.clock.now())).refundIds
    })
  const settleDay = async (): Promise<void> => {
    const { root } = engine
    for (const name of await gateway.driver.settle()) {
      const content = await gateway.gateway.settlementFile(name, AbortSignal.timeout(5_000))
      const file = gateway.gateway.parseSettlement(content)
      const { statementId } = await transaction(root.sql, (tx) =>
        receiveStatement(tx, { gateway: gateway.gateway.name, file, content, actor: 'test' }, root.clock.now()),
      )
      await root.engine.postStatement(statementId)
    }
  }

  it(
    'is paid in three parts, stays payable between them, and is settled when the last one is',
    async () => {
      const billId = await delivered(await town({ partialPayments: { minimum: { amount: '100', currency: 'KRW' } } }))
      await pay(billId, 300n)
      expect(await bill(billId)).toMatchObject({ status: 'delivered', paid_minor: 300n })
      await settleDay()
      await eventually('the first part is settled', async () => ((await bill(billId))?.['settled_minor'] === 300n ? true : undefined))
      await pay(billId, 300n)
      await pay(billId)
      await engine.until(billId, 'paid')
      await settleDay()
      await engine.until(billId, 'settled')
      await closed(billId)
      expect(await bill(billId)).toMatchObject({ paid_minor: 1_000n, settled_minor: 1_000n, stage: 'closed' })
    },
    SLOW,
  )

  it(
    'paid twice, by card and by a transfer that is told of days later, goes back once',
    async () => {
      const billId = await delivered(await town())
      await pay(billId)
      await engine.until(billId, 'paid')
      await transfer(billId)
      expect(await refunds(billId, 'succeeded')).toMatchObject([{ amount_minor: 1_000n, reason: 'paidTwice' }])
      expect(await bill(billId)).toMatchObject({ status: 'paid', paid_minor: 1_000n, refunded_minor: 0n })
    },
    SLOW,
  )

  it(
    'that came for a bill whose run had ended opens another run, which gives it back',
    async () => {
      const billId = await delivered(await town())
      await command((tx, now) => cancelBill(tx, { billId, reason: 'x', actor: 'test' }, now))
      await closed(billId)
      await transfer(billId)
      expect(await refunds(billId, 'succeeded')).toMatchObject([{ amount_minor: 1_000n, reason: 'billClosed' }])
      await closed(billId)
      expect(await bill(billId)).toMatchObject({ status: 'cancelled', stage: 'closed' })
    },
    SLOW,
  )

  it(
    'is given back in two parts: one takes the charge back, the other is owed again',
    async () => {
      const billId = await delivered(await town())
      await pay(billId)
      await engine.until(billId, 'paid')
      await ask(billId, { amount: krw(200n), cancelCharge: true })
      await ask(billId, { amount: krw(300n), expected: krw(800n) })
      await engine.root.engine.sweep([billId])
      await refunds(billId, 'succeeded', 2)
      expect(await bill(billId)).toMatchObject({ status: 'issued', refunded_minor: 500n, cancelled_minor: 200n })
      // What is owed again can be paid again.
      await pay(billId)
      await engine.until(billId, 'paid')
      expect(await bill(billId)).toMatchObject({ paid_minor: 1_300n })
    },
    SLOW,
  )

  it(
    'that the gateway cannot give back is asked an account for, once, and goes there',
    async () => {
      const billId = await delivered(await town())
      await pay(billId)
      await engine.until(billId, 'paid')
      const [refundId = ''] = await ask(billId, { cancelCharge: true })
      await gateway.driver.fault(refundId, 'refund', 'decline')
      await engine.root.engine.sweep([billId])
      await refunds(billId, 'awaitingAccount')
      await eventually('the citizen was asked', async () => {
        const rows = await engine.root.sql`select key, state from deliveries where bill_id = ${billId} and purpose = 'refundAccount'`
        return rows.length === 1 && rows[0]?.['key'] === `refundAccount:${refundId}:1` && rows[0]['state'] !== 'sending' ? true : undefined
      })
      const account = { bank: 'Sample Bank', number: '110-123-456789', holder: '김하늘' }
      await command(async (tx, now) => (await giveRefundAccount(tx, { refundId, account, actor: 'citizen' }, now)).wakes)
      expect(await refunds(billId, 'succeeded')).toMatchObject([{ id: refundId, attempt: 2 }])
      expect((await gateway.driver.journal()).filter(({ key }) => key.startsWith(refundId)).map(({ op, key }) => [op, key])).toEqual([
        ['refund', `${refundId}-2`],
      ])
      // Nothing of the account is in Temporal.
      const { events } = await engine.client.workflow.getHandle(`bill:${billId}`).fetchHistory()
      const words = wordsOf(events)
      expect([words.includes(refundId), words.includes('456789')]).toEqual([true, false])
    },
    SLOW,
  )

  it(
    'that was lost in a dispute is owed again',
    async () => {
      const billId = await delivered(await town())
      const checkoutId = await pay(billId)
      await engine.until(billId, 'paid')
      await gateway.driver.claim?.(checkoutId, 'disputed')
      await engine.root.engine.reportCheckout(checkoutId)
      await eventually('the payment is disputed', async () => {
        const [row] = await engine.root.sql`select state from payments where checkout_id = ${checkoutId}`
        return row?.['state'] === 'disputed' ? true : undefined
      })
      expect(await bill(billId)).toMatchObject({ status: 'paid' })
      await gateway.driver.claim?.(checkoutId, 'reversed')
      await engine.root.engine.reportCheckout(checkoutId)
      await engine.until(billId, 'issued')
      expect(await refunds(billId, 'succeeded')).toMatchObject([{ amount_minor: 1_000n, reason: 'reversed' }])
    },
    SLOW,
  )

  it(
    'that is too much pays the next bill of the institution by itself',
    async () => {
      const institutionId = await town({ onExcess: 'offset' })
      const [first, next] = [await delivered(institutionId, 'the payer'), await delivered(institutionId, 'the payer')]
      await command((tx, now) => cancelBill(tx, { billId: first, reason: 'x', actor: 'test' }, now))
      await transfer(first)
      await engine.until(next, 'paid')
      expect(await bill(next)).toMatchObject({ paid_minor: 1_000n })
      // And one that is issued later takes what comes then.
      const later = await delivered(institutionId, 'another payer')
      await command((tx, now) => cancelBill(tx, { billId: later, reason: 'x', actor: 'test' }, now))
      await transfer(later)
      const last = await engine.issue({ institutionId, citizen: 'another payer' })
      await engine.until(last, 'paid')
    },
    SLOW,
  )
})
