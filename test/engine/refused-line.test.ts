import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import postgres from 'postgres'
import { eventually } from '../support/eventually.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { pay, receiveSettlement } from '../support/money.ts'
import { quietPolicy } from '../support/policy.ts'
import { type StartedEngine, startTestEngine } from '../support/start-engine.ts'

/** One line of a settlement file that the database's own rules refuse, with others behind it. */
describe('a line that the books refuse', () => {
  let engine: StartedEngine

  beforeAll(async () => {
    engine = await startTestEngine(new FakeGateway())
  })
  afterAll(() => engine.stop())

  it('becomes an exception, and the others are booked', async () => {
    const { root } = engine
    const institutionId = await engine.institution('Lines', quietPolicy)
    const paid = async (index: number): Promise<{ billId: string; checkoutId: string; amount: { minor: bigint; currency: 'KRW' } }> => {
      const billId = await engine.issue({ institutionId, citizen: `citizen ${index}`, index })
      await engine.until(billId, 'delivered')
      const { wakes, checkoutId, amount } = await pay(root, billId)
      await root.engine.wake(wakes)
      await engine.until(billId, 'paid')
      return { billId, checkoutId, amount: { minor: amount.minor, currency: 'KRW' } }
    }
    const [first, refused, last] = [await paid(0), await paid(1), await paid(2)]
    const admin = postgres(engine.databaseUrl, { max: 1 })
    await admin.unsafe(
      `alter table goji.payments add constraint planted check (state <> 'settled' or amount_minor <> ${refused.amount.minor})`,
    )
    await admin.end()

    const statementId = await receiveSettlement(root, [first, refused, last])
    await root.engine.postStatement(statementId)
    await Promise.all([engine.until(first.billId, 'settled'), engine.until(last.billId, 'settled')])
    await eventually('the statement is posted', async () => {
      const [row] = await root.sql<{ state: string }[]>`select state from statements where id = ${statementId}`
      return row?.state === 'posted' ? true : undefined
    })
    const lines = await root.sql`select state, reason, owner from statement_lines where statement_id = ${statementId} order by seq`
    const booked = { state: 'posted', reason: null, owner: null }
    expect([...lines]).toEqual([booked, { state: 'exception', reason: 'booksRefused', owner: 'operations' }, booked])
    await engine.until(refused.billId, 'paid')
  })
})
