import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { DAY_MS } from '../../domain/duration.ts'
import { ProviderError } from '../../domain/errors.ts'
import { money } from '../../domain/money.ts'
import type { SettlementFile } from '../../domain/ports/gateway.ts'
import { readLog } from '../../store/log/read-log.ts'
import { FakeGateway } from '../support/fake-gateway.ts'
import { pay, referenceOf } from '../support/money.ts'
import { quietPolicy } from '../support/policy.ts'
import { describeIf } from '../support/skip.ts'
import { reasonNoVirtualTime, startVirtualEngine, type VirtualEngine } from '../support/virtual-time.ts'

/** A gateway whose settlement file comes when it likes, and which is out of order on some days before. */
class LateGateway extends FakeGateway {
  file: SettlementFile | undefined
  isDown = false
  asked = 0

  override settlementFiles = (): Promise<readonly string[]> => {
    this.asked += 1
    if (this.isDown) return Promise.reject(new ProviderError('temporary', 'unreachable', 'the gateway does not answer'))
    return Promise.resolve(this.file === undefined ? [] : [this.file.name])
  }
  override settlementFile = (): Promise<string> => Promise.resolve('late')
  override parseSettlement = (() => this.file) as never
}

const START = Date.parse('2060-03-01T10:00:00+09:00')
const at = (days: number): number => START + days * DAY_MS
/** The file is due a day after the payment, and comes three days after that. */
const DUE = 1
const COMES = DUE + 3

const missing = reasonNoVirtualTime()

/** Golden scenario 4: the settlement file comes three days late. Nothing is lost, and nothing is marked failed for ever. */
describeIf(missing === null, missing ?? '')('a settlement file that comes three days late', () => {
  const gateway = new LateGateway()
  let engine: VirtualEngine
  let patient: string
  let impatient: string
  let before: Awaited<ReturnType<typeof read>>[]

  const read = async (billId: string) => {
    const [bill] = await engine.root.sql<
      { status: string; stage: string; exception_open: boolean; paid_minor: bigint; settled_minor: bigint }[]
    >`
      select status, stage, exception_open, paid_minor, settled_minor from bills where id = ${billId}`
    const run = await engine.client.workflow.getHandle(`bill:${billId}`).describe()
    return { ...bill, run: run.status.name }
  }
  const actions = async (billId: string): Promise<string[]> =>
    (await readLog(engine.root.sql, `bill:${billId}`)).map(({ action }) => action).filter((action) => /settle|exception/i.test(action))

  beforeAll(async () => {
    engine = await startVirtualEngine(gateway)
    await engine.goTo(START)
    await engine.startWorker()
    const settlement = { within: 'P1D', askEvery: 'P1D' } as const
    const waits = await engine.institution('Waits', { ...quietPolicy, settlement: { ...settlement, exceptionAfter: 'P30D' } })
    const calls = await engine.institution('Calls', { ...quietPolicy, settlement: { ...settlement, exceptionAfter: 'P2D' } })
    patient = await engine.issue({ institutionId: waits, citizen: 'one whose institution waits' })
    impatient = await engine.issue({ institutionId: calls, citizen: 'one whose institution wants a person to look after a day' })
    await engine.goTo(at(0) + 60_000)
    const payments = []
    for (const billId of [patient, impatient]) {
      const { wakes, ...payment } = await pay(engine.root, billId)
      await engine.root.engine.wake(wakes)
      payments.push(payment)
    }

    gateway.isDown = true
    await engine.goTo(at(DUE + 1))
    gateway.isDown = false
    await engine.goTo(at(COMES - 0.5))
    before = [await read(patient), await read(impatient)]

    gateway.file = {
      name: 'late',
      lines: payments.map(({ checkoutId, amount }) => ({
        lineReference: `line-${checkoutId}`,
        kind: 'payment',
        reference: referenceOf(checkoutId),
        gross: amount,
        fee: money(10n, 'KRW'),
        net: money(amount.minor - 10n, 'KRW'),
        settledAt: at(COMES),
      })),
    }
    await engine.goTo(at(COMES + 1))
  }, 120_000)
  afterAll(() => engine.stop())

  it('leaves its bills paid until then: asked for again, or with a person, and never failed', () => {
    expect(before).toMatchObject([
      { status: 'paid', stage: 'reconcile', run: 'RUNNING', exception_open: false },
      { status: 'paid', stage: 'reconcile', exception_open: true },
    ])
    expect(gateway.asked).toBeGreaterThan(3)
  })

  it('is found by asking again, and settles every bill to the last unit', async () => {
    for (const billId of [patient, impatient]) {
      const bill = await read(billId)
      expect(bill).toMatchObject({ status: 'settled', stage: 'closed', run: 'COMPLETED', exception_open: false })
      expect(bill.settled_minor).toBe(bill.paid_minor)
    }
  })

  it('ends what waited for a person by itself', async () => {
    const exceptions = await engine.root.sql<{ bill_id: string; closed: boolean }[]>`
      select bill_id, closed_at is not null as closed from exceptions where kind = 'settlementLate'`
    expect([...exceptions]).toEqual([{ bill_id: impatient, closed: true }])
    expect((await actions(patient)).filter((action) => action === 'settlementAsked').length).toBeGreaterThan(1)
    expect((await actions(patient)).at(-1)).toBe('settlementMatched')
  })

  it('is booked once', async () => {
    const lines = await engine.root.sql<{ state: string }[]>`select state from statement_lines`
    expect([...lines]).toEqual([{ state: 'posted' }, { state: 'posted' }])
    const [sum] = await engine.root.sql<{ clearing: bigint }[]>`
      select sum(case side when 'debit' then amount_minor else -amount_minor end)::bigint as clearing from ledger_entries where account = 'gatewayClearing'`
    expect(sum?.clearing).toBe(0n)
  })
})
