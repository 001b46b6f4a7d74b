import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { money } from '../../domain/money.ts'
import type { SettlementFile, SettlementLine } from '../../domain/ports/gateway.ts'
import { cancelBill } from '../../store/commands/drop-charge.ts'
import { postLine } from '../../store/commands/post-line.ts'
import { beginRefund, recordRefund } from '../../store/commands/refund.ts'
import { takeStep } from '../../store/commands/take-step.ts'
import { recordSettlementAsk } from '../../store/commands/record-settlement-ask.ts'
import { finishStatement } from '../../store/statements/finish-statement.ts'
import { knownStatements } from '../../store/statements/known-statements.ts'
import { linesToPost } from '../../store/statements/lines-to-post.ts'
import { receiveStatement } from '../../store/statements/receive-statement.ts'
import type { Wake } from '../../store/unit/with-bills.ts'
import {
  atOnce,
  capture,
  citizen,
  coded,
  DAY,
  describeStore,
  type Institution,
  NOW,
  one,
  open,
  openStore,
  type Store,
  wins,
} from './support.ts'

describeStore('statements', () => {
  let store: Store
  let town: Institution
  let city: Institution
  beforeAll(async () => {
    store = await openStore()
    ;[town, city] = await Promise.all([store.institution(), store.institution()])
  })
  afterAll(() => store.close())

  const line = (reference: string, gross: bigint, fee = 0n, more: Partial<SettlementLine> = {}): SettlementLine => ({
    lineReference: randomUUID(),
    kind: gross < 0n ? 'refund' : 'payment',
    reference,
    settledAt: NOW + DAY,
    gross: money(gross, 'KRW'),
    fee: money(fee, 'KRW'),
    net: money(gross - fee, 'KRW'),
    ...more,
  })
  const receive = (
    file: SettlementFile,
    content = JSON.stringify(file, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  ) => store.run((tx) => receiveStatement(tx, { gateway: 'gate', file, content, actor: 'engine' }, NOW + DAY))
  const post = (lineId: string): Promise<Wake[]> => store.run((tx) => postLine(tx, lineId, NOW + 2 * DAY))
  const pending = (statementId: string): Promise<string[]> => linesToPost(store.sql, statementId, 1_000)

  /** Receives lines as one file and posts them; answers their ids and the wakes. */
  async function settle(...lines: SettlementLine[]): Promise<{ statementId: string; ids: string[]; wakes: Wake[] }> {
    const { statementId } = await receive({ name: randomUUID(), lines })
    const ids = await pending(statementId)
    const wakes: Wake[] = []
    for (const id of ids) wakes.push(...(await post(id)))
    return { statementId, ids, wakes }
  }
  async function paid(
    minor = 10_000n,
    ...institutions: Institution[]
  ): Promise<{ bills: string[]; reference: string; paymentId: string; checkoutId: string }> {
    const who = citizen(randomUUID())
    const bills = await Promise.all(
      (institutions.length > 0 ? institutions : [town]).map((institution) =>
        institution.issued({ citizen: who, amount: { minor, currency: 'KRW' } }),
      ),
    )
    bills.sort()
    const checkoutId = await open(store, bills)
    await capture(store, checkoutId)
    const [row] = await store.sql<{ id: string }[]>`select id from payments where checkout_id = ${checkoutId}`
    return { bills, checkoutId, reference: `ref-${checkoutId}`, paymentId: row?.id ?? '' }
  }
  const bill = (billId: string | undefined) => one(store.sql, 'bills', billId ?? '')
  const lineOf = (id: string | undefined) => one(store.sql, 'statement_lines', id ?? '')
  const booked = (lineId: string | undefined) =>
    store.sql`
      select e.account, e.holder, e.side, e.amount_minor from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
      where t.line_id = ${lineId ?? ''} order by e.line`

  describe('receiving one', () => {
    it('keeps the file and its lines', async () => {
      const name = randomUUID()
      const { statementId, isNew } = await receive({ name, lines: [line('x', 100n, 3n), line('y', -50n)] })
      expect(isNew).toBe(true)
      expect(await one(store.sql, 'statements', statementId)).toMatchObject({ gateway: 'gate', name, state: 'received' })
      expect(
        await store.sql`select seq, kind, gross_minor, fee_minor, net_minor, state from statement_lines where statement_id = ${statementId} order by seq`,
      ).toEqual([
        { seq: 1, kind: 'payment', gross_minor: 100n, fee_minor: 3n, net_minor: 97n, state: 'received' },
        { seq: 2, kind: 'refund', gross_minor: -50n, fee_minor: 0n, net_minor: -50n, state: 'received' },
      ])
      expect(await knownStatements(store.sql, 'gate', [name, 'other'])).toEqual(new Set([name]))
      expect(await knownStatements(store.sql, 'another', [name])).toEqual(new Set())
    })

    it('is the same statement when the file comes again, also ten times at once', async () => {
      const file = { name: randomUUID(), lines: [line('x', 100n)] }
      const results = await atOnce(10, () => receive(file))
      const answers = results.map((result) => (result.status === 'fulfilled' ? result.value : undefined))
      expect(new Set(answers.map((answer) => answer?.statementId)).size).toBe(1)
      expect(answers.filter((answer) => answer?.isNew)).toHaveLength(1)
      expect(await pending(answers[0]?.statementId ?? '')).toHaveLength(1)
    })

    it('refuses another file under the same name, and keeps the first', async () => {
      const name = randomUUID()
      const { statementId } = await receive({ name, lines: [line('x', 100n)] }, 'one')
      await expect(receive({ name, lines: [line('x', 100n), line('y', 5n)] }, 'two')).rejects.toEqual(coded('statement_differs'))
      expect(await pending(statementId)).toHaveLength(1)
    })

    it('leaves out a line that another file brought', async () => {
      const again = line('x', 100n)
      await receive({ name: randomUUID(), lines: [again] })
      const { statementId } = await receive({ name: randomUUID(), lines: [again, line('y', 7n)] })
      expect(await pending(statementId)).toHaveLength(1)
    })

    it('takes a file of thousands of lines', async () => {
      const { statementId } = await receive({
        name: randomUUID(),
        lines: Array.from({ length: 2_345 }, (_, index) => line(`many-${index}`, 1n)),
      })
      expect(
        await store.sql`select count(*)::int as count, max(seq) as last from statement_lines where statement_id = ${statementId}`,
      ).toEqual([{ count: 2_345, last: 2_345 }])
    })
  })

  describe('posting a line', () => {
    it('settles the payment and its bill, and books gross, fee and net', async () => {
      const { bills, reference, paymentId } = await paid()
      const { ids, wakes } = await settle(line(reference, 10_000n, 150n))
      expect(wakes).toMatchObject([{ billId: bills[0], kind: 'settlementMatched' }])
      expect(await bill(bills[0])).toMatchObject({ status: 'settled', stage: 'closed', settled_minor: 10_000n, fees_minor: 150n })
      expect(await one(store.sql, 'payments', paymentId)).toMatchObject({ state: 'settled', settled_at: NOW + DAY, fee_minor: 150n })
      expect(await lineOf(ids[0])).toMatchObject({ state: 'posted' })
      expect(await booked(ids[0])).toEqual([
        { account: 'bank', holder: 'gate', side: 'debit', amount_minor: 9_850n },
        { account: 'fees', holder: 'gate', side: 'debit', amount_minor: 150n },
        { account: 'gatewayClearing', holder: 'gate', side: 'credit', amount_minor: 10_000n },
      ])
    })

    it('apportions the fee to the penny over the bills of a payment', async () => {
      const { bills, reference } = await paid(3_333n, town, city, town)
      await settle(line(reference, 9_999n, 100n))
      expect(await Promise.all(bills.map(async (billId) => (await bill(billId))['fees_minor']))).toEqual([34n, 33n, 33n])
      for (const billId of bills) expect(await bill(billId)).toMatchObject({ status: 'settled', settled_minor: 3_333n })
    })

    it('lets a part that went back bear its share of the fee', async () => {
      const who = citizen(randomUUID())
      const bills = await Promise.all([town.issued({ citizen: who }), town.issued({ citizen: who })])
      const checkoutId = await open(store, bills)
      await store.run((tx) => cancelBill(tx, { billId: bills[0], reason: 'x', actor: 'test' }, NOW))
      await capture(store, checkoutId)
      await settle(line(`ref-${checkoutId}`, 20_000n, 100n))
      expect(await bill(bills[1])).toMatchObject({ status: 'settled', settled_minor: 10_000n, fees_minor: 50n })
      expect(await bill(bills[0])).toMatchObject({ status: 'cancelled', settled_minor: 0n, fees_minor: 0n })
    })

    it('happens once, also ten times at once', async () => {
      const { bills, reference } = await paid()
      const { statementId } = await receive({ name: randomUUID(), lines: [line(reference, 10_000n, 150n)] })
      const [id = ''] = await pending(statementId)
      const results = await atOnce(10, () => post(id))
      expect(wins(results)).toBe(10)
      expect(results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))).toHaveLength(1)
      expect(await booked(id)).toHaveLength(3)
      expect(await bill(bills[0])).toMatchObject({ settled_minor: 10_000n, fees_minor: 150n })
    })

    it('books many lines at the same time, each bill once', async () => {
      const payments = await Promise.all(Array.from({ length: 12 }, () => paid(1_000n, town, city)))
      const { statementId } = await receive({ name: randomUUID(), lines: payments.map(({ reference }) => line(reference, 2_000n, 7n)) })
      const ids = await pending(statementId)
      expect(wins(await Promise.allSettled(ids.map(post)))).toBe(12)
      expect(await pending(statementId)).toEqual([])
      expect(await store.run((tx) => finishStatement(tx, statementId, NOW))).toEqual({ posted: 12, exceptions: 0 })
      const fees =
        await store.sql`select sum(fees_minor)::bigint as fees, sum(settled_minor)::bigint as settled from bills where id = any(${payments.flatMap(({ bills }) => bills)})`
      expect(fees).toEqual([{ fees: 84n, settled: 24_000n }])
    })

    it.each([
      ['names a payment that nobody knows', 'paymentUnknown', () => line('ref-nobody', 100n)],
      ['names a refund that nobody knows', 'refundUnknown', () => line('rfd-nobody', -100n)],
    ] as const)('that %s opens an exception with a reason, an age and an owner', async (_, reason, make) => {
      const { ids, wakes } = await settle(make())
      expect(wakes).toEqual([])
      expect(await lineOf(ids[0])).toMatchObject({ state: 'exception', reason, owner: 'operations', opened_at: NOW + 2 * DAY })
      expect(await booked(ids[0])).toEqual([])
    })

    it.each([
      ['too little', 9_999n, {}],
      ['too much', 10_001n, {}],
      ['another currency', 10_000n, { gross: money(10_000n, 'JPY') }],
    ] as const)('over %s opens an exception and settles nothing', async (_, gross, more) => {
      const { bills, reference } = await paid()
      const { ids } = await settle(line(reference, gross, 0n, more))
      expect(await lineOf(ids[0])).toMatchObject({ state: 'exception', reason: 'amountDiffers' })
      expect(await bill(bills[0])).toMatchObject({ status: 'paid', settled_minor: 0n })
    })

    it('of another gateway’s payment does not match', async () => {
      const { reference } = await paid()
      const { statementId } = await store.run((tx) =>
        receiveStatement(
          tx,
          { gateway: 'other', file: { name: randomUUID(), lines: [line(reference, 10_000n)] }, content: randomUUID(), actor: 'engine' },
          NOW,
        ),
      )
      const [id] = await pending(statementId)
      await post(id ?? '')
      expect(await lineOf(id)).toMatchObject({ state: 'exception', reason: 'paymentUnknown' })
    })

    it('settles a payment that two lines name once, also when both are posted at once', async () => {
      // One payment whose bill took all of it, one whose bill took nothing (and so has no bill to wait for).
      const whole = await paid()
      const billId = await town.issued()
      const checkoutId = await open(store, [billId])
      await store.run((tx) => cancelBill(tx, { billId, reason: 'x', actor: 'test' }, NOW))
      await capture(store, checkoutId)
      for (const reference of [whole.reference, `ref-${checkoutId}`]) {
        const { statementId } = await receive({ name: randomUUID(), lines: Array.from({ length: 4 }, () => line(reference, 10_000n, 10n)) })
        const ids = await pending(statementId)
        expect(wins(await Promise.allSettled(ids.map(post)))).toBe(4)
        const states =
          await store.sql`select state, reason, count(*)::int as count from statement_lines where statement_id = ${statementId} group by 1, 2 order by 1`
        expect(states).toEqual([
          { state: 'exception', reason: 'alreadySettled', count: 3 },
          { state: 'posted', reason: null, count: 1 },
        ])
        expect(
          await store.sql`select t.id from ledger_transactions t join statement_lines l on l.id = t.line_id where l.statement_id = ${statementId}`,
        ).toHaveLength(1)
      }
      expect(await bill(whole.bills[0])).toMatchObject({ settled_minor: 10_000n, fees_minor: 10n })
    })

    it('places an exception on a second try, when what was missing has come', async () => {
      const billId = await town.issued()
      const checkoutId = await open(store, [billId])
      const { ids } = await settle(line(`ref-${checkoutId}`, 10_000n))
      expect(await lineOf(ids[0])).toMatchObject({ state: 'exception' })
      await capture(store, checkoutId)
      expect(await post(ids[0] ?? '')).toHaveLength(1)
      expect(await lineOf(ids[0])).toMatchObject({ state: 'posted' })
      expect(await bill(billId)).toMatchObject({ status: 'settled' })
    })

    it('closes the exception of a settlement that came after all', async () => {
      const { bills, reference } = await paid()
      const [billId = ''] = bills
      for (let asked = 1; asked <= 7; asked++)
        await store.run((tx) => recordSettlementAsk(tx, billId, `askSettlement:${asked}`, NOW + 10 * DAY))
      await store.run((tx) => takeStep(tx, billId, 'openException', NOW + 10 * DAY))
      expect(await bill(billId)).toMatchObject({ exception_open: true })
      await settle(line(reference, 10_000n))
      expect(await bill(billId)).toMatchObject({ status: 'settled', exception_open: false })
      expect(await store.sql`select closed_at from exceptions where bill_id = ${billId}`).toEqual([{ closed_at: NOW + 2 * DAY }])
    })

    it('that is not there does nothing', async () => {
      expect(await post('lin_none')).toEqual([])
    })
  })

  describe('a refund’s line', () => {
    async function refunded(): Promise<{ billId: string; refundId: string }> {
      const billId = await town.issued()
      const checkoutId = await open(store, [billId])
      await store.run((tx) => cancelBill(tx, { billId, reason: 'x', actor: 'test' }, NOW))
      await capture(store, checkoutId)
      const [row] = await store.sql<{ id: string }[]>`select id from refunds where bill_id = ${billId}`
      const refundId = row?.id ?? ''
      await store.run((tx) => beginRefund(tx, refundId, NOW))
      await store.run((tx) => recordRefund(tx, refundId, { status: 'succeeded', reference: `rfd-${refundId}`, refundedAt: NOW }, NOW))
      return { billId, refundId }
    }

    it('takes the money out of the bank again', async () => {
      const { billId, refundId } = await refunded()
      const { ids } = await settle(line(`rfd-${refundId}`, -10_000n))
      expect(await one(store.sql, 'refunds', refundId)).toMatchObject({ state: 'succeeded', settled_at: NOW + DAY })
      expect(await booked(ids[0])).toEqual([
        { account: 'bank', holder: 'gate', side: 'credit', amount_minor: 10_000n },
        { account: 'gatewayClearing', holder: 'gate', side: 'debit', amount_minor: 10_000n },
      ])
      expect(await bill(billId)).toMatchObject({ settled_minor: 0n })
    })

    it('of another amount, or a second one, opens an exception', async () => {
      const { refundId } = await refunded()
      const differs = await settle(line(`rfd-${refundId}`, -9_999n))
      expect(await lineOf(differs.ids[0])).toMatchObject({ state: 'exception', reason: 'amountDiffers' })
      const { statementId } = await receive({
        name: randomUUID(),
        lines: Array.from({ length: 3 }, () => line(`rfd-${refundId}`, -10_000n)),
      })
      await Promise.all((await pending(statementId)).map(post))
      expect(
        await store.sql`select reason, count(*)::int as count from statement_lines where statement_id = ${statementId} group by 1 order by 2`,
      ).toEqual([
        { reason: null, count: 1 },
        { reason: 'alreadySettled', count: 2 },
      ])
    })

    it('of money that was allocated takes it from what the bill has settled', async () => {
      const { bills, reference, paymentId } = await paid()
      const [billId = ''] = bills
      const refundId = `ref_of_${billId}`
      await store.sql`
        insert into refunds (id, payment_id, bill_id, institution_id, currency, amount_minor, from_allocation, state, reason, requested_at)
        values (${refundId}, ${paymentId}, ${billId}, ${town.id}, 'KRW', 4000, true, 'requested', 'asked', ${NOW})`
      await store.run((tx) => beginRefund(tx, refundId, NOW))
      await store.run((tx) => recordRefund(tx, refundId, { status: 'succeeded', reference: `rfd-${refundId}`, refundedAt: NOW }, NOW))
      await settle(line(reference, 10_000n, 100n), line(`rfd-${refundId}`, -4_000n))
      expect(await bill(billId)).toMatchObject({
        // It is owed again.
        status: 'issued',
        paid_minor: 10_000n,
        refunded_minor: 4_000n,
        settled_minor: 6_000n,
        fees_minor: 100n,
      })
    })
  })

  it('a finished statement counts its lines, once', async () => {
    const { reference } = await paid()
    const { statementId } = await settle(line(reference, 10_000n), line('ref-nobody', 5n))
    for (let time = 0; time < 3; time++)
      expect(await store.run((tx) => finishStatement(tx, statementId, NOW))).toEqual({ posted: 1, exceptions: 1 })
    expect(await one(store.sql, 'statements', statementId)).toMatchObject({ state: 'posted', posted_at: NOW })
    expect(await store.sql`select action from log where subject = ${`statement:${statementId}`} order by seq`).toEqual([
      { action: 'received' },
      { action: 'posted' },
    ])
  })
})
