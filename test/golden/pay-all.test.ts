import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startCheckout } from '../../composition/start-checkout.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { receiveStatement } from '../../store/statements/receive-statement.ts'
import { transaction } from '../../store/unit/transaction.ts'
import type { GatewayHarness } from '../contract/gateway-harness.ts'
import { eventually } from '../support/eventually.ts'
import { startGatewayHarness } from '../support/find-gateway-harness.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'

const INSTITUTIONS = ['Tax', 'Water', 'Parking', 'School', 'Health']
const BILLS = 12

/** Golden scenario 2: twelve bills of five institutions, one checkout; one is cancelled while the citizen pays. */
describe('pay all', () => {
  let gateway: GatewayHarness
  let engine: StartedEngine
  let bills: string[]

  beforeAll(async () => {
    gateway = await startGatewayHarness()
    engine = await startTestEngine(gateway.gateway)
    const institutions = await Promise.all(INSTITUTIONS.map((name) => engine.institution(name, quietPolicy)))
    bills = []
    for (let index = 0; index < BILLS; index++) {
      const institutionId = institutions[index % institutions.length] ?? ''
      bills.push(await engine.issue({ institutionId, citizen: 'the same person', index }))
    }
    await Promise.all(bills.map((billId) => engine.until(billId, 'delivered')))
  }, 60_000)
  afterAll(async () => {
    await engine.stop()
    await gateway.stop()
  })

  it('settles eleven and refunds the one that was cancelled meanwhile', async () => {
    const { root } = engine
    const cancelled = bills[7] ?? ''
    const order = {
      citizenId: await engine.citizenOf(cancelled),
      billIds: bills,
      gateway: gateway.gateway.name,
      language: 'ko',
      returnPath: '/checkouts/{id}/return',
      actor: 'citizen',
    } as const
    const { checkoutId, url } = await startCheckout(root, order)
    expect(url).toMatch(/^http/)

    // The citizen has entered the card when the bill is cancelled: its run has the page ended, and hears that it was too late.
    expect(await gateway.driver.authorize(checkoutId, 'card')).toBe(true)
    await root.engine.wake(
      await transaction(root.sql, (tx) =>
        cancelBill(tx, { billId: cancelled, reason: 'issued by mistake', actor: 'institution' }, root.clock.now()),
      ),
    )

    await Promise.all(bills.filter((billId) => billId !== cancelled).map((billId) => engine.until(billId, 'paid')))
    const [refund] = await eventually('the refund has succeeded', async () => {
      const rows = await root.sql<
        { bill_id: string; amount_minor: bigint; reason: string }[]
      >`select bill_id, amount_minor, reason from refunds where state = 'succeeded'`
      return rows.length > 0 ? rows : undefined
    })
    expect(refund).toEqual({ bill_id: cancelled, amount_minor: 8_000n, reason: 'billClosed' })
    const outcomes = await root.sql<
      { outcome: string; count: bigint }[]
    >`select outcome, count(*) from checkout_bills group by outcome order by outcome`
    expect([...outcomes]).toEqual([
      { outcome: 'allocated', count: 11n },
      { outcome: 'refunded', count: 1n },
    ])

    for (const name of await gateway.driver.settle()) {
      const content = await gateway.gateway.settlementFile(name, AbortSignal.timeout(5_000))
      const file = gateway.gateway.parseSettlement(content)
      const { statementId } = await transaction(root.sql, (tx) =>
        receiveStatement(tx, { gateway: gateway.gateway.name, file, content, actor: 'test' }, root.clock.now()),
      )
      await root.engine.postStatement(statementId)
    }
    await Promise.all(bills.filter((billId) => billId !== cancelled).map((billId) => engine.until(billId, 'settled')))
    await Promise.all(bills.map((billId) => engine.client.workflow.getHandle(`bill:${billId}`).result()))

    const journal = await gateway.driver.journal()
    expect(journal.map(({ op, minor }) => [op, minor])).toEqual([
      ['capture', 78_000n],
      ['refund', 8_000n],
    ])
    const balances = await root.sql<{ account: string; minor: bigint }[]>`
      select account, sum(case side when 'debit' then amount_minor else -amount_minor end)::bigint as minor from ledger_entries group by account`
    const balance = Object.fromEntries(balances.map(({ account, minor }) => [account, minor]))
    expect(balance).toMatchObject({ gatewayClearing: 0n, refundPayable: 0n, payable: -70_000n })
    expect((balance['bank'] ?? 0n) + (balance['fees'] ?? 0n)).toBe(70_000n)
  }, 60_000)
})
