import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { loadAdapters } from '../../composition/adapters.ts'
import { startCheckout } from '../../composition/start-checkout.ts'
import { DAY_MS } from '../../domain/duration.ts'
import { formatAmount } from '../../domain/money.ts'
import { receiveStatement } from '../../store/statements/receive-statement.ts'
import { transaction } from '../../store/unit/transaction.ts'
import type { GatewayHarness } from '../contract/gateway-harness.ts'
import { camtFile, party } from '../formats/camt-files.ts'
import { receiveBank } from '../support/bank.ts'
import { eventually } from '../support/eventually.ts'
import { startGatewayHarness } from '../support/find-gateway-harness.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'

type Row = Record<string, unknown>

const PAYER = { name: 'Kim Haneul', account: 'DE02120300000000202051' }

/**
 * Golden scenario 3: the same bill is paid by card and, days later, by bank transfer. The bank's statement shows the second
 * payment; it is known as one, goes back to the account that it came from, and the next statement shows that it did.
 */
describe('a bill that is paid twice', () => {
  let gateway: GatewayHarness
  let engine: StartedEngine
  let billId: string
  let billNumber: string
  let statements = 0

  beforeAll(async () => {
    gateway = await startGatewayHarness()
    // The card's gateway is the simulator; transfers have the adapter of this deployment.
    const own = await loadAdapters({})
    engine = await startTestEngine(gateway.gateway, { gateways: [own.gateway(own.transferGateway)] })
    const institution = await engine.institution('Tax', quietPolicy)
    billId = await engine.issue({ institutionId: institution, citizen: 'one who pays twice', index: 11 })
    const [bill] = await engine.root.sql<{ bill_number: string }[]>`select bill_number from bills where id = ${billId}`
    billNumber = bill?.bill_number ?? ''
    await engine.until(billId, 'delivered')
  }, 60_000)
  afterAll(async () => {
    await engine.stop()
    await gateway.stop()
  })

  /** Hands in a bank's statement of one booked entry, `days` from now, and has its run book it. */
  async function bankShows(days: number, sign: 'CRDT' | 'DBIT', text: string): Promise<void> {
    statements += 1
    const booked = new Date(engine.root.clock.now() + days * DAY_MS).toISOString().slice(0, 10)
    const details = `<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>${party(PAYER.name, PAYER.account)}<RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls>`
    const entries = [{ amount: formatAmount({ minor: 12_000n, currency: 'KRW' }), currency: 'KRW', sign, booked, details }]
    const [opening, closing] = sign === 'CRDT' ? (['5000', '17000'] as const) : (['17000', '5000'] as const)
    const file = camtFile({
      statements: [{ id: `twice-${statements}`, currency: 'KRW', opening, closing, entries }],
    })
    const { statementId } = await receiveBank(engine.root.sql, file, engine.root.clock.now())
    await engine.root.engine.postStatement(statementId)
    await eventually('the statement is booked', async () => {
      const [row] = await engine.root.sql<{ state: string }[]>`select state from statements where id = ${statementId}`
      return row?.state === 'posted' ? true : undefined
    })
  }
  const refundIn = (state: string): Promise<Row> =>
    eventually(`the refund is ${state}`, async () => {
      const [row] = await engine.root.sql<Row[]>`select id, state, reason, amount_minor from refunds where bill_id = ${billId}`
      return row?.['state'] === state ? row : undefined
    })

  it('first by card', async () => {
    const order = {
      citizenId: await engine.citizenOf(billId),
      billIds: [billId],
      gateway: gateway.gateway.name,
      language: 'ko',
      returnPath: '/checkouts/{id}/return',
      actor: 'citizen',
    } as const
    const { checkoutId } = await startCheckout(engine.root, order)
    expect(await gateway.driver.authorize(checkoutId, 'card')).toBe(true)
    await engine.root.engine.reportCheckout(checkoutId)
    await engine.until(billId, 'paid')
  })

  it('then by transfer, which is known as the second payment and is to go back where it came from', async () => {
    await bankShows(4, 'CRDT', `Tax bill ${billNumber} paid`)
    expect(await refundIn('awaitingPayout')).toMatchObject({ reason: 'paidTwice', amount_minor: 12_000n })
    const [account] = await engine.root.sql<Row[]>`select number, holder from refund_accounts`
    expect(account).toEqual({ number: PAYER.account, holder: PAYER.name })
    // It waits for a person with an age and an owner, and the bill for nothing but its settlement.
    const open = await engine.root.sql<Row[]>`select kind, owner from exceptions where closed_at is null`
    expect([...open]).toEqual([{ kind: 'refundPayout', owner: 'operations' }])
  })

  it('and is refunded once the bank shows the transfer back', async () => {
    const { id } = await refundIn('awaitingPayout')
    await bankShows(6, 'DBIT', `Refund ${String(id).replace('_', ' ')}`)
    await refundIn('succeeded')
    expect(await engine.root.sql`select 1 from exceptions where closed_at is null`).toHaveLength(0)
  })

  it('while the first one settles, and the books say the same as the bank', async () => {
    for (const name of await gateway.driver.settle()) {
      const content = await gateway.gateway.settlementFile(name, AbortSignal.timeout(5_000))
      const input = { gateway: gateway.gateway.name, file: gateway.gateway.parseSettlement(content), content, actor: 'test' }
      const { statementId } = await transaction(engine.root.sql, (tx) => receiveStatement(tx, input, engine.root.clock.now()))
      await engine.root.engine.postStatement(statementId)
    }
    await engine.until(billId, 'settled')
    await engine.client.workflow.getHandle(`bill:${billId}`).result()
    const balances = await engine.root.sql<{ name: string; minor: bigint }[]>`
      select account || case when account = 'bank' and holder <> '' then ' announced' else '' end as name,
        sum(case side when 'debit' then amount_minor else -amount_minor end)::bigint as minor from ledger_entries group by 1`
    const balance = Object.fromEntries(balances.map(({ name, minor }) => [name, minor]))
    // The bank's own two lines made up for each other; what the card brought is announced and not seen yet.
    expect(balance).toMatchObject({ bank: 0n, refundPayable: 0n, gatewayClearing: 0n, payable: -12_000n })
    expect((balance['bank announced'] ?? 0n) + (balance['fees'] ?? 0n)).toBe(12_000n)
    const journal = await gateway.driver.journal()
    expect(journal.map(({ op, minor }) => [op, minor])).toEqual([['capture', 12_000n]])
  })
})
