import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { money } from '../../domain/money.ts'
import { creditorReference } from '../../domain/reference.ts'
import { placeLine } from '../../store/commands/place-line.ts'
import { receiveStatement } from '../../store/statements/receive-statement.ts'
import { linesToPost } from '../../store/statements/lines-to-post.ts'
import { camtFile, type EntrySpec, party, type StatementSpec } from '../formats/camt-files.ts'
import { bookStatement, receiveBank, TRANSFERS } from '../support/bank.ts'
import { capture, citizen, DAY, describeStore, type Institution, NOW, one, open, openStore, type Store } from './support.ts'

const part = (refs: string, rest = ''): string => `<TxDtls><Refs>${refs}</Refs>${rest}</TxDtls>`
const said = (text: string): string => `<RmtInf><Ustrd>${text}</Ustrd></RmtInf>`

describeStore('banks’ files', () => {
  let store: Store
  let town: Institution
  beforeAll(async () => {
    store = await openStore()
    town = await store.institution()
  })
  afterAll(() => store.close())

  // Every file is of an account of its own, unless a test says otherwise: what has no reference is known by its day and amount.
  const won = (entry: EntrySpec): EntrySpec => ({ amount: '10000', currency: 'KRW', booked: '2026-03-03', ...entry })
  const file = (entries: readonly EntrySpec[], more: StatementSpec = {}): string =>
    camtFile({ statements: [{ id: randomUUID(), account: randomUUID(), currency: 'KRW', entries: entries.map(won), ...more }] })
  const receive = (text: string) => receiveBank(store.sql, text, NOW + DAY)
  /** Receives and books a file; answers its lines in order. */
  async function book(text: string) {
    const { statementId } = await receive(text)
    await bookStatement(store.sql, statementId, NOW + DAY)
    return linesOf(statementId)
  }
  const linesOf = (statementId: string) =>
    store.sql<{ id: string; state: string; reason: string | null; rule: string | null; payment_id: string | null; gross_minor: bigint }[]>`
      select id, state, reason, rule, payment_id, gross_minor from statement_lines where statement_id = ${statementId} order by seq`
  const balances = async (): Promise<Record<string, bigint>> =>
    Object.fromEntries(
      (
        await store.sql<{ name: string; minor: bigint }[]>`
          select account || case when holder = '' then '' else ':' || holder end as name,
            sum(case side when 'debit' then amount_minor else -amount_minor end)::bigint as minor from ledger_entries where account in ('bank', 'suspense', 'gatewayClearing') group by 1`
      ).map(({ name, minor }) => [name, minor]),
    )
  /** What a step changes on the accounts where money lies. */
  async function moved(work: () => Promise<unknown>): Promise<Record<string, bigint>> {
    const before = await balances()
    await work()
    const after = await balances()
    return Object.fromEntries(
      Object.entries(after).flatMap(([name, minor]) => (minor === (before[name] ?? 0n) ? [] : [[name, minor - (before[name] ?? 0n)]])),
    )
  }
  const number = (): string => `2026-11-${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`

  describe('a payment is found by its bill’s number', () => {
    it.each([
      ['as the end-to-end id', (bill: string) => part(`<EndToEndId>${bill}</EndToEndId>`)],
      ['as the instruction’s id', (bill: string) => part(`<EndToEndId>NOTPROVIDED</EndToEndId><InstrId>${bill}</InstrId>`)],
      [
        'as the creditor’s reference',
        (bill: string) => `<TxDtls><RmtInf><Strd><CdtrRefInf><Ref>${bill}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>`,
      ],
      [
        'as a document’s number',
        (bill: string) => `<TxDtls><RmtInf><Strd><RfrdDocInf><Nb>${bill}</Nb></RfrdDocInf></Strd></RmtInf></TxDtls>`,
      ],
      ['in free text', (bill: string) => `<TxDtls>${said(`Thank you, bill ${bill}, Kim`)}</TxDtls>`],
      [
        'in small letters without its hyphens',
        (bill: string) => `<TxDtls>${said(`bill no ${bill.replaceAll('-', '').toLowerCase()}`)}</TxDtls>`,
      ],
      ['torn into pieces', (bill: string) => `<TxDtls>${said(bill.replace(/(.{4})/g, '$1 '))}</TxDtls>`],
      ['cut at its end', (bill: string) => `<TxDtls>${said(`bill ${bill.slice(0, -2)}`)}</TxDtls>`],
      ['in what the bank adds', undefined],
    ])('%s', async (_where, details) => {
      const billNumber = number()
      const billId = await town.issued({ billNumber })
      const spec =
        details === undefined ? { more: `<AddtlNtryInf>TRANSFER ${billNumber}</AddtlNtryInf>` } : { details: details(billNumber) }
      const [line] = await book(file([spec]))
      expect(line).toMatchObject({ state: 'posted', payment_id: expect.any(String) })
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'settled', paid_minor: 10_000n })
      expect(await one(store.sql, 'payments', line?.payment_id ?? '')).toMatchObject({
        gateway: TRANSFERS,
        method: 'bankTransfer',
        paid_at_source: 'bank',
        paid_at: Date.parse('2026-03-03T12:00:00Z'),
      })
    })
  })

  it('a payment page is paid by the reference that it told, with every bill on it', async () => {
    const who = citizen(randomUUID())
    const bills = [await town.issued({ citizen: who }), await town.issued({ citizen: who })]
    const checkoutId = await open(store, bills)
    const reference = creditorReference(String(Math.floor(Math.random() * 1e15)).padStart(16, '4'))
    await store.sql`update checkouts set gateway = ${TRANSFERS}, session_reference = ${reference} where id = ${checkoutId}`
    const xml = file([{ amount: '20000', details: `<TxDtls>${said(`ref.${reference.toLowerCase().replace(/(.{4})/g, '$1 ')}`)}</TxDtls>` }])
    expect(await moved(() => book(xml))).toEqual({ bank: 20_000n })
    expect(await one(store.sql, 'checkouts', checkoutId)).toMatchObject({ state: 'paid' })
    for (const bill of bills) expect(await one(store.sql, 'bills', bill)).toMatchObject({ status: 'settled' })
  })

  it('money that nobody can place is in suspense at once, and leaves it when it is placed', async () => {
    const billNumber = number()
    const xml = file([{ details: `<TxDtls>${said(billNumber)}</TxDtls>` }])
    let lines: Awaited<ReturnType<typeof book>> = await linesOf('')
    expect(await moved(async () => (lines = await book(xml)))).toEqual({ bank: 10_000n, suspense: -10_000n })
    const [line] = lines
    expect(line).toMatchObject({ state: 'exception', reason: 'referenceUnknown' })
    const billId = await town.issued({ billNumber })
    const again = (): Promise<unknown> => store.run((tx) => placeLine(tx, line?.id ?? '', NOW + 2 * DAY))
    expect(await moved(again)).toEqual({ suspense: 10_000n })
    expect(await moved(again)).toEqual({})
    expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'settled' })
    const [exception] = await store.sql`select outcome, closed_by from exceptions where line_id = ${line?.id ?? ''}`
    expect(exception).toEqual({ outcome: 'matched', closed_by: 'engine' })
  })

  it('the payer’s name and the exact amount are enough where there is one such bill, and not where there are two', async () => {
    const named = (name: string): string => file([{ amount: '4711', details: `<TxDtls>${party(name)}${said('rent')}</TxDtls>` }])
    const who = { ...citizen(randomUUID()), name: 'Fernández  GARCÍA' }
    const billId = await town.issued({ citizen: who, amount: { minor: 4_711n, currency: 'KRW' } })
    expect((await book(named('Fernandez Garcia')))[0]).toMatchObject({ state: 'exception', reason: 'referenceUnknown' })
    expect((await book(named('fernández garcía')))[0]).toMatchObject({ state: 'posted', rule: 'amountAndPayer' })
    expect(await one(store.sql, 'bills', billId)).toMatchObject({ status: 'settled' })
    const twice = { ...who, identifierHash: Buffer.from(randomUUID().slice(0, 32)), name: 'Two Bills' }
    for (let count = 0; count < 2; count += 1) await town.issued({ citizen: twice, amount: { minor: 4_711n, currency: 'KRW' } })
    expect((await book(named('Two Bills')))[0]).toMatchObject({ state: 'exception', reason: 'ambiguous' })
  })

  it('a number that two institutions use is for a person, unless the amount decides', async () => {
    const billNumber = number()
    const other = await store.institution()
    await town.issued({ billNumber })
    const second = await other.issued({ billNumber, amount: { minor: 333n, currency: 'KRW' } })
    const third = (amount: string): string => file([{ amount, details: part(`<EndToEndId>${billNumber}</EndToEndId>`) }])
    expect((await book(third('500')))[0]).toMatchObject({ state: 'exception', reason: 'ambiguous' })
    expect((await book(third('333')))[0]).toMatchObject({ state: 'posted' })
    expect(await one(store.sql, 'bills', second)).toMatchObject({ status: 'settled' })
  })

  describe('nothing is booked twice', () => {
    const parts = (...refs: string[]): EntrySpec[] =>
      refs.map((reference) => ({ details: part(`<EndToEndId>${reference}</EndToEndId>`), more: `<AcctSvcrRef>${reference}</AcctSvcrRef>` }))

    it('when the same file comes again', async () => {
      const xml = file(parts(randomUUID()))
      const first = await receive(xml)
      expect(first.isNew).toBe(true)
      expect(await receive(xml)).toEqual({ statementId: first.statementId, isNew: false })
    })

    it('when another file has the same line, a notification before its statement', async () => {
      const [shared, own, account] = [randomUUID(), randomUUID(), randomUUID()]
      const notification = camtFile({
        kind: '054',
        version: '02',
        statements: [{ id: randomUUID(), account, currency: 'KRW', entries: parts(shared).map(won) }],
      })
      expect(await book(notification)).toHaveLength(1)
      const { statementId } = await receive(file(parts(shared, own), { account }))
      expect(await linesOf(statementId)).toHaveLength(1)
      const { known_lines: known } = await one(store.sql, 'statements', statementId)
      expect(known).toBe(1)
    })

    it('and two equal payments of one day are two', async () => {
      const billNumber = number()
      const billId = await town.issued({ billNumber, amount: { minor: 20_000n, currency: 'KRW' } })
      const same = { details: `<TxDtls>${said(billNumber)}</TxDtls>` }
      const account = randomUUID()
      expect(await book(file([same, same], { account }))).toHaveLength(2)
      expect(await one(store.sql, 'bills', billId)).toMatchObject({ paid_minor: 20_000n, status: 'settled' })
      expect(await book(file([same, same, same], { account }))).toHaveLength(1)
    })
  })

  it('entries that are not booked yet are counted and left', async () => {
    const { statementId } = await receive(file([{ status: 'PDNG' }, {}]))
    expect(await one(store.sql, 'statements', statementId)).toMatchObject({ not_booked: 1 })
    expect(await linesOf(statementId)).toHaveLength(1)
  })

  it('a file that does not add up leaves nothing behind', async () => {
    const before = await store.sql`select count(*) from statement_lines`
    await expect(receive(file([{}], { opening: '0', closing: '1' }))).rejects.toMatchObject({ code: 'statement_unbalanced' })
    expect(await store.sql`select count(*) from statement_lines`).toEqual(before)
  })

  describe('a revised statement', () => {
    const named = (id: string, entries: readonly EntrySpec[]): string =>
      file(entries, { id, account: id, head: '<ElctrncSeqNb>7</ElctrncSeqNb>' })
    const entry = (reference: string, amount = '10000'): EntrySpec => ({ amount, details: part(`<EndToEndId>${reference}</EndToEndId>`) })

    it('replaces what nobody has booked', async () => {
      const id = randomUUID()
      const first = await receive(named(id, [entry('kept'), entry('gone')]))
      const second = await receive(named(id, [entry('kept'), entry('new', '77')]))
      expect((await linesOf(first.statementId)).map(({ state }) => state)).toEqual(['received', 'superseded'])
      expect((await linesOf(second.statementId)).map(({ state }) => state)).toEqual(['received'])
    })

    it('keeps what is booked, and what is gone or changed since is for a person', async () => {
      const id = randomUUID()
      const [kept, gone] = await book(named(id, [entry('e-kept'), entry('e-gone', '555')]))
      const lines = await book(named(id, [entry('e-kept'), entry('e-gone', '556'), entry('e-new', '77')]))
      expect(lines).toMatchObject([
        { state: 'exception', reason: 'changedAfterBooking', gross_minor: 556n },
        { state: 'exception', reason: 'referenceUnknown', gross_minor: 77n },
      ])
      expect(
        await store.sql`select reason from exceptions where kind = 'lineRevised' and line_id = any(${[kept?.id ?? '', gone?.id ?? '']})`,
      ).toEqual([{ reason: 'goneFromRevision' }])
      // What the bank changed is not booked beside what it was.
      expect(await store.sql`select id from ledger_transactions where line_id = ${lines[0]?.id ?? ''}`).toHaveLength(0)
    })
  })

  describe('a gateway’s payout', () => {
    /** A settlement file of the gateway over one payment, booked. */
    async function settlement(minor: bigint, fee: bigint, name = randomUUID()): Promise<string> {
      const billId = await town.issued({ amount: { minor, currency: 'KRW' } })
      const checkoutId = await open(store, [billId])
      await capture(store, checkoutId)
      const [gross, feeMoney, net] = [minor, fee, minor - fee].map((each) => money(each, 'KRW'))
      if (!gross || !feeMoney || !net) throw new Error('no amounts')
      const lines = [
        {
          lineReference: randomUUID(),
          kind: 'payment' as const,
          reference: `ref-${checkoutId}`,
          gross,
          fee: feeMoney,
          net,
          settledAt: NOW + DAY,
        },
      ]
      const { statementId } = await store.run((tx) =>
        receiveStatement(tx, { gateway: 'gate', file: { name, lines }, content: name, actor: 'engine' }, NOW + DAY),
      )
      await bookStatement(store.sql, statementId, NOW + DAY)
      return name
    }

    it('is the money that its file told of, and moves it from on its way to in the bank', async () => {
      expect(await moved(() => settlement(98_765n, 765n))).toEqual({ 'bank:gate': 98_000n })
      expect(await moved(() => book(file([{ amount: '98000' }])))).toEqual({ bank: 98_000n, 'bank:gate': -98_000n })
      // The same amount again is not a payout a second time.
      expect((await book(file([{ amount: '98000', details: `<TxDtls>${said('again')}</TxDtls>` }])))[0]).toMatchObject({
        reason: 'referenceUnknown',
      })
    })

    it('may pay several files at once', async () => {
      await settlement(50_111n, 11n)
      await settlement(60_222n, 22n)
      const lines: Awaited<ReturnType<typeof book>>[] = []
      expect(await moved(async () => lines.push(await book(file([{ amount: '110300' }]))))).toEqual({
        bank: 110_300n,
        'bank:gate': -110_300n,
      })
      expect(lines[0]).toMatchObject([{ state: 'posted', rule: 'payout' }])
    })

    it('is for a person where two files come to the same, unless it names one', async () => {
      const names = [await settlement(70_007n, 7n), await settlement(70_007n, 7n)]
      expect((await book(file([{ amount: '70000' }])))[0]).toMatchObject({ state: 'exception', reason: 'ambiguous' })
      const [line] = await book(file([{ amount: '70000', details: `<TxDtls>${said(`payout ${names[1] ?? ''}`)}</TxDtls>` }]))
      expect(line).toMatchObject({ state: 'posted', rule: 'payout' })
      const [seen] = await store.sql<{ name: string }[]>`select name from statements where seen_in_bank = ${line?.id ?? ''}`
      expect(seen?.name).toBe(names[1])
    })
  })

  it('takes money out of the books that left the account, and somebody has to look', async () => {
    expect(await moved(() => book(file([{ amount: '31', sign: 'DBIT' }])))).toEqual({ bank: -31n, suspense: 31n })
  })

  it('an entry that its parts do not make up is not guessed', async () => {
    const billNumber = number()
    await town.issued({ billNumber })
    const details = [billNumber, 'other'].map((ref) => part(`<EndToEndId>${ref}</EndToEndId>`, '<Amt Ccy="KRW">1</Amt>')).join('')
    expect((await book(file([{ details }])))[0]).toMatchObject({ state: 'exception', reason: 'partsDiffer' })
  })

  it('the lines of a file of ten thousand are all there', async () => {
    const entries = Array.from({ length: 10_000 }, (_, index) => ({
      amount: String(index + 1),
      details: part(`<EndToEndId>many-${index}</EndToEndId>`),
    }))
    const { statementId } = await receive(file(entries))
    expect(await linesToPost(store.sql, statementId, 20_000)).toHaveLength(10_000)
  })
})
