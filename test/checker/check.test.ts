import { appendFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import postgres from 'postgres'
import { describeStore } from '../store/support.ts'
import { check, checkSnapshot, type Evidence, type Finding } from './check.ts'
import { type Cast, makeWorld, type World } from './world.ts'

/** One thing that is wrong, how it is brought about, and what the checker has to say of it. */
interface Violation {
  readonly what: string
  readonly breaks?: (cast: Cast) => string[]
  /** Changes the gateway's journal instead; the lines are its own copies. */
  readonly journal?: (lines: Record<string, unknown>[], cast: Cast) => Record<string, unknown>[]
  readonly letters?: (lines: Record<string, unknown>[], cast: Cast) => Record<string, unknown>[]
  readonly final?: boolean
  readonly rule: string
  /** What the finding names; by default the thing of the cast that is at fault. */
  readonly id: (cast: Cast) => string | RegExp
}

const ofBill =
  (table: string, column: string, change: string) =>
  (cast: Cast): string[] => [`update ${table} set ${change} where ${column} = '${cast.settled}'`]
const entry =
  (change: string) =>
  (cast: Cast): string[] => [`update log set ${change} where subject = 'bill:${cast.settled}' and seq = 3`]
/** Changes one side alone: what a payment and a refund put on either side would make up for each other. */
const more = (account: string, side: 'debit' | 'credit'): string =>
  `update ledger_entries set amount_minor = amount_minor + 7 where account = '${account}' and side = '${side}'`
/** Changes the first entry of the journal with this `op`. */
const first =
  (op: string, change: (line: Record<string, unknown>) => Record<string, unknown>) =>
  (lines: Record<string, unknown>[]): Record<string, unknown>[] => {
    const index = lines.findIndex((line) => line['op'] === op)
    return lines.map((line, at) => (at === index ? change(line) : line))
  }
const without =
  (op: string) =>
  (lines: Record<string, unknown>[]): Record<string, unknown>[] =>
    lines.filter((line) => line['op'] !== op)

const violations: readonly Violation[] = [
  {
    what: 'a charge that the bill does not know',
    breaks: ofBill('charges', 'bill_id', 'amount_minor = amount_minor + 1'),
    rule: 'sum of charged',
    id: (cast) => cast.settled,
  },
  {
    what: 'a paid sum without its allocation',
    // A bill that still owes: no constraint of the schema refuses a sum of paid that is too high there.
    breaks: (cast) => [`update bills set paid_minor = 1 where id = '${cast.open}'`],
    rule: 'sum of paid',
    id: (cast) => cast.open,
  },
  {
    what: 'a refund that was never made',
    breaks: ofBill('bills', 'id', 'refunded_minor = 1'),
    rule: 'sum of refunded',
    id: (cast) => cast.settled,
  },
  {
    what: 'a write-off without its row',
    breaks: (cast) => [`delete from charges where bill_id = '${cast.writtenOff}' and kind = 'writeOff'`],
    rule: 'sum of written_off',
    id: (cast) => cast.writtenOff,
  },
  {
    what: 'a cancellation of another amount',
    breaks: (cast) => [`update charges set amount_minor = 1 where bill_id = '${cast.cancelled}' and kind = 'cancellation'`],
    rule: 'sum of cancelled',
    id: (cast) => cast.cancelled,
  },
  {
    what: 'a settled sum without settlement',
    breaks: ofBill('bills', 'id', 'settled_minor = settled_minor - 1'),
    rule: 'sum of settled',
    id: (cast) => cast.settled,
  },
  {
    what: 'a settled bill that is not',
    breaks: ofBill('bills', 'id', 'settled_minor = 0'),
    rule: 'settled means settled',
    id: (cast) => cast.settled,
  },
  {
    what: 'a status that the debt contradicts',
    breaks: (cast) => [`update bills set status = 'paid' where id = '${cast.open}'`],
    rule: 'status and debt',
    id: (cast) => cast.open,
  },
  {
    what: 'a stage that the status contradicts',
    breaks: ofBill('bills', 'id', `stage = 'pay'`),
    rule: 'stage',
    id: (cast) => cast.settled,
  },
  {
    what: 'a claim by a checkout that has ended',
    breaks: (cast) => [`update bills set checkout_id = '${cast.paidCheckout}' where id = '${cast.settled}'`],
    rule: 'claims',
    id: (cast) => cast.settled,
  },
  {
    what: 'an open checkout without its claim',
    breaks: (cast) => [`update bills set checkout_id = null where id = '${cast.open}'`],
    rule: 'claims',
    id: (cast) => cast.open,
  },
  {
    what: 'a fact that no run read',
    breaks: (cast) => [`update facts set applied_at = null where bill_id = '${cast.settled}' and kind = 'billCreated'`],
    rule: 'facts',
    id: () => /^fct_/,
  },
  {
    what: 'a payment in another currency',
    breaks: () => [`update payments set currency = 'GBP'`],
    rule: 'one currency',
    id: (cast) => cast.settled,
  },
  {
    what: 'money owed to the wrong institution',
    breaks: (cast) => [`update ledger_entries set holder = '${cast.other}' where bill_id = '${cast.settled}' and account = 'payable'`],
    rule: 'one institution',
    id: (cast) => cast.settled,
  },
  {
    what: 'a checkout over somebody else’s bill',
    breaks: (cast) => [
      `update bills set citizen_id = (select citizen_id from bills where id = '${cast.writtenOff}') where id = '${cast.settled}'`,
    ],
    rule: 'one citizen',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'an exception that waits for what has come',
    breaks: (cast) => [
      `insert into exceptions (id, bill_id, institution_id, kind, subject_id, owner, opened_at) values ('exc_1', '${cast.settled}', '${cast.institution}', 'settlementLate', '${cast.settled}', 'operations', now())`,
    ],
    rule: 'exceptions',
    id: (cast) => cast.settled,
  },
  { what: 'a bill that never ends', final: true, rule: 'final', id: (cast) => cast.open },
  { what: 'a checkout that never ends', final: true, rule: 'final', id: (cast) => cast.openCheckout },
  {
    what: 'a refund that never ends',
    breaks: (cast) => [`update refunds set state = 'submitted' where id = '${cast.refund}'`],
    final: true,
    rule: 'final',
    id: (cast) => cast.refund,
  },
  {
    what: 'a statement that was left half posted',
    breaks: () => [`update statements set state = 'received'`],
    final: true,
    rule: 'final',
    id: () => /^stm_/,
  },

  {
    what: 'a payment that is more than its parts',
    breaks: (cast) => [`update allocations set amount_minor = amount_minor - 1 where bill_id = '${cast.settled}'`],
    rule: 'a payment is all of its parts',
    id: () => /^pay_/,
  },
  {
    what: 'refunds above the payment',
    breaks: (cast) => [`update refunds set amount_minor = 30001 where id = '${cast.refund}'`],
    rule: 'refunds within the payment',
    id: () => /^pay_/,
  },
  {
    what: 'a payment of a checkout that says it was not paid',
    breaks: (cast) => [`update checkouts set state = 'expired' where id = '${cast.paidCheckout}'`],
    rule: 'a paid checkout has one payment',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'a checkout that was paid twice',
    breaks: (cast) => [
      'alter table payments drop constraint payments_checkout_id_key',
      `insert into payments select (jsonb_populate_record(null::payments, to_jsonb(p) || '{"id": "pay_again", "reference": "again"}')).* from payments p where checkout_id = '${cast.paidCheckout}'`,
    ],
    rule: 'a paid checkout has one payment',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'a checkout that asks for more than its bills',
    breaks: (cast) => [`update checkouts set amount_minor = 30001 where id = '${cast.paidCheckout}'`],
    rule: 'the parts of a checkout',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'an outcome that nothing bears out',
    breaks: (cast) => [`update checkout_bills set outcome = 'refunded' where bill_id = '${cast.settled}'`],
    rule: 'the outcome of a checkout',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'an ended checkout without an outcome',
    breaks: (cast) => [`update checkout_bills set outcome = null where bill_id = '${cast.settled}'`],
    rule: 'the outcome of a checkout',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'a refund without its time',
    breaks: (cast) => [`update refunds set refunded_at = null where id = '${cast.refund}'`],
    rule: 'times of a refund',
    id: (cast) => cast.refund,
  },
  {
    what: 'a settled payment without its time',
    breaks: () => [`update payments set settled_at = null`],
    rule: 'times of a payment',
    id: () => /^pay_/,
  },

  {
    what: 'an unbalanced transaction',
    breaks: () => [more('bank', 'debit')],
    rule: 'every transaction balances',
    id: () => /^led_/,
  },
  {
    what: 'an unbalanced ledger',
    breaks: () => [more('bank', 'debit')],
    rule: 'the ledger balances',
    id: () => 'KRW',
  },
  {
    what: 'a payment that is not booked',
    breaks: () => [
      `delete from ledger_entries where transaction_id in (select id from ledger_transactions where kind = 'payment')`,
      `delete from ledger_transactions where kind = 'payment'`,
    ],
    rule: 'every payment is booked once',
    id: () => /^pay_/,
  },
  {
    what: 'a refund that is not booked',
    breaks: () => [`update ledger_transactions set refund_id = null where kind = 'refund'`],
    rule: 'every refund is booked once',
    id: (cast) => cast.refund,
  },
  {
    what: 'a statement line that is booked twice',
    breaks: () => [
      'drop index ledger_line_once',
      `insert into ledger_transactions select (jsonb_populate_record(null::ledger_transactions, to_jsonb(t) || '{"id": "led_again"}')).* from ledger_transactions t where kind = 'settlement' limit 1`,
    ],
    rule: 'every statement line is booked once',
    id: () => /^lin_/,
  },
  {
    what: 'an allocation that the ledger has otherwise',
    breaks: (cast) => [`update ledger_entries set bill_id = '${cast.open}' where bill_id = '${cast.settled}' and account = 'payable'`],
    rule: 'allocations are owed to their institution',
    id: () => /^pay_/,
  },
  ...(
    [
      ['payable', 'credit', (cast) => cast.institution],
      ['gatewayClearing', 'debit', () => 'gate'],
      ['refundPayable', 'credit', () => ''],
      ['bank', 'debit', () => ''],
      ['fees', 'debit', () => 'gate'],
    ] as const satisfies readonly [string, string, Violation['id']][]
  ).map(([account, side, id]): Violation => ({
    what: `an account ${account} that holds something else`,
    breaks: () => [more(account, side)],
    rule: `account ${account}`,
    id,
  })),
  {
    what: 'money in suspense that nobody put there',
    breaks: () => [`update ledger_entries set account = 'suspense' where account = 'refundPayable' and side = 'credit'`],
    rule: 'account suspense',
    id: () => '',
  },

  {
    what: 'a posted line whose payment says otherwise',
    breaks: () => [`update payments set fee_minor = fee_minor + 1`],
    rule: 'a posted line is a settled payment',
    id: () => /^lin_/,
  },
  {
    what: 'a posted line whose refund says otherwise',
    breaks: (cast) => [`update refunds set amount_minor = amount_minor - 1 where id = '${cast.refund}'`],
    rule: 'a posted line is a settled refund',
    id: () => /^lin_/,
  },
  {
    what: 'a posted line of a refund that is not settled',
    breaks: (cast) => [`update refunds set settled_at = null where id = '${cast.refund}'`],
    rule: 'a settled refund has one posted line',
    id: (cast) => cast.refund,
  },
  {
    what: 'a payment that two lines settled',
    breaks: () => [
      `insert into statement_lines select (jsonb_populate_record(null::statement_lines, to_jsonb(l) || '{"id": "lin_2", "seq": 99, "line_reference": "again"}')).* from statement_lines l where kind = 'payment'`,
    ],
    rule: 'a settled payment has one posted line',
    id: () => /^pay_/,
  },
  {
    what: 'a fee that was not shared out exactly',
    breaks: (cast) => [`update bills set fees_minor = fees_minor + 1 where id = '${cast.settled}'`],
    rule: 'fees',
    id: (cast) => cast.settled,
  },
  {
    what: 'a file that was kept with another text',
    breaks: () => [`update statements set content = content || ' '`],
    rule: 'settlement files',
    id: () => /./,
  },
  {
    what: 'a line that was kept with another fee',
    breaks: () => [`update statement_lines set fee_minor = fee_minor + 1, net_minor = net_minor - 1 where kind = 'payment'`],
    rule: 'settlement lines',
    id: () => /^lin_/,
  },
  {
    what: 'a line that the gateway never wrote',
    journal: (lines) =>
      lines.map((line) => (line['op'] === 'settlement' ? { ...line, lines: (line['lines'] as unknown[]).slice(1) } : line)),
    rule: 'settlement lines',
    id: () => /^lin_/,
  },
  {
    what: 'a line that never came into the books',
    breaks: () => [`delete from ledger_transactions where kind = 'settlement'`, `delete from statement_lines where kind = 'refund'`],
    rule: 'settlement lines',
    id: () => /_2$/,
  },
  {
    what: 'a file that was never received',
    journal: (lines) => [...lines, { op: 'settlement', name: 'lost.csv', lines: [], text: '' }],
    final: true,
    rule: 'settlement files',
    id: () => 'lost.csv',
  },

  { what: 'a lost payment', breaks: () => [`delete from payments`], rule: 'every capture is a payment', id: (cast) => cast.paidCheckout },
  { what: 'a payment that nobody made', journal: without('capture'), rule: 'every capture is a payment', id: () => /^pay_/ },
  ...(
    [
      ['amountMinor', '29999'],
      ['currency', 'GBP'],
      ['paidAt', 1],
      ['reference', 'other'],
    ] as const
  ).map(([name, value]): Violation => ({
    what: `a payment whose ${name} the gateway has otherwise`,
    journal: first('capture', (line) => ({ ...line, [name]: value })),
    rule: 'every capture is a payment',
    id: () => /^pay_/,
  })),
  {
    what: 'a card that was charged twice',
    journal: (lines) => [...lines, ...lines.filter(({ op }) => op === 'capture')],
    rule: 'never capture twice',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'a refund that was made twice',
    journal: (lines) => [...lines, ...lines.filter(({ op }) => op === 'refund')],
    rule: 'never refund twice',
    id: (cast) => cast.refund,
  },
  {
    what: 'more given back than taken',
    journal: first('refund', (line) => ({ ...line, amountMinor: '30001' })),
    rule: 'never more back than taken',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'a refund that nobody made',
    journal: without('refund'),
    rule: 'every refund at the gateway is one of ours',
    id: (cast) => cast.refund,
  },
  {
    what: 'a refund that we do not know of',
    breaks: (cast) => [`update refunds set state = 'submitted' where id = '${cast.refund}'`],
    rule: 'every refund at the gateway is one of ours',
    id: (cast) => cast.refund,
  },
  {
    what: 'a refund of another amount',
    journal: first('refund', (line) => ({ ...line, amountMinor: '9999' })),
    rule: 'every refund at the gateway is one of ours',
    id: (cast) => cast.refund,
  },

  ...([`at = at + interval '1 ms'`, `action = 'x'`, `actor = 'x'`, `body = '{}'`, `body = 'not JSON'`, `hash = sha256(hash)`] as const).map(
    (change): Violation => ({
      what: `a log whose entry has ${change}`,
      breaks: entry(change),
      rule: 'log chain',
      id: (cast) => `bill:${cast.settled}`,
    }),
  ),
  {
    what: 'a log with a hole',
    breaks: (cast) => [`delete from log where subject = 'bill:${cast.settled}' and seq = 3`],
    rule: 'log chain',
    id: (cast) => `bill:${cast.settled}`,
  },
  {
    what: 'a log whose tail was cut off',
    breaks: (cast) => [
      `delete from log where subject = 'bill:${cast.settled}' and seq = (select log_seq from bills where id = '${cast.settled}')`,
    ],
    rule: 'log head',
    id: (cast) => cast.settled,
  },
  {
    what: 'a bill without a log',
    breaks: (cast) => [`delete from log where subject = 'bill:${cast.settled}'`],
    rule: 'log head',
    id: (cast) => cast.settled,
  },
  {
    what: 'a status that the log does not tell',
    breaks: (cast) => [`update bills set status = 'cancelled' where id = '${cast.writtenOff}'`],
    rule: 'legal moves',
    id: (cast) => cast.writtenOff,
  },
  {
    what: 'a move that was never allowed',
    breaks: (cast) => [`update log set action = 'conclude' where subject = 'bill:${cast.settled}' and action = 'settlementMatched'`],
    rule: 'legal moves',
    id: (cast) => cast.settled,
  },
  {
    what: 'a notice that went out after the payment',
    breaks: (cast) => [
      `update log set action = 'sending', body = '{"key":"reminder:1"}' where subject = 'bill:${cast.settled}' and action = 'settlementMatched'`,
    ],
    rule: 'legal moves',
    id: (cast) => cast.settled,
  },

  { what: 'a letter that came twice', letters: (lines) => [...lines, ...lines.slice(0, 1)], rule: 'letters', id: (cast) => cast.delivery },
  {
    what: 'a letter under another message id',
    letters: (lines) => [...lines, { ...lines[0], messageId: '<other@goji.example>' }],
    rule: 'letters',
    id: (cast) => cast.delivery,
  },
  {
    what: 'a letter of no delivery',
    letters: (lines) => [...lines, { ...lines[0], delivery: 'dlv_none' }],
    rule: 'letters',
    id: () => 'dlv_none',
  },
  { what: 'a delivery whose letter never came', letters: (lines) => lines.slice(1), rule: 'letters', id: (cast) => cast.delivery },
]

describeStore('the outside checker', () => {
  let world: World
  beforeAll(async () => {
    world = await makeWorld()
  })
  afterAll(() => world.close())

  const copies = (lines: readonly Record<string, unknown>[]): Record<string, unknown>[] => lines.map((line) => ({ ...line }))
  async function findings(
    { breaks, journal, letters, final = false }: Partial<Violation>,
    others: Partial<Evidence> = {},
  ): Promise<Finding[]> {
    const lines = copies(world.book.entries)
    const evidence = {
      gatewayJournal: await world.journal('gateway', journal?.(lines, world.cast) ?? lines),
      mailJournal: await world.journal('mail', letters?.(copies(world.letters), world.cast) ?? world.letters),
      final,
      ...others,
    }
    return breaks
      ? world.broken(breaks(world.cast), (snapshot) => checkSnapshot(snapshot, evidence))
      : check({ databaseUrl: world.url, ...evidence })
  }

  it('finds nothing in books that are right', async () => {
    expect(await findings({})).toEqual([])
  })

  describe('names', () => {
    it.each(violations)('$what', async (violation) => {
      const found = await findings(violation)
      const expected = violation.id(world.cast)
      const named = found.filter(
        ({ rule, id }) => rule === violation.rule && (typeof expected === 'string' ? id === expected : expected.test(id)),
      )
      expect({ found: named.length > 0 ? [] : found, rule: violation.rule, expected }).toEqual({
        found: [],
        rule: violation.rule,
        expected,
      })
      for (const { id, sentence } of named)
        expect(sentence).toMatch(id === '' ? /\w/ : new RegExp(id.replace(/^bill:/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    })
  })

  it('bears a letter that came twice where the engine says that it may have', async () => {
    const twice = (lines: Record<string, unknown>[]): Record<string, unknown>[] => [...lines, ...lines.slice(0, 1)]
    expect(
      await findings({
        breaks: (cast) => [`update deliveries set possible_duplicate = true where id = '${cast.delivery}'`],
        letters: twice,
      }),
    ).toEqual([])
  })

  it('bears a last line of a journal that was torn', async () => {
    const path = await world.journal('torn', world.book.entries)
    await appendFile(path, '{"op":"cap')
    expect(await findings({}, { gatewayJournal: path })).toEqual([])
  })

  describe('against published totals', () => {
    const published = async (change: (totals: Record<string, { bills: number; amount: string }>) => void): Promise<Finding[]> => {
      const sql = postgres(world.url, { max: 1, connection: { search_path: 'goji' } as Record<string, string> })
      const rows = await sql<{ name: string; bills: number; won: string }[]>`
        select i.name_en as name, count(*)::int as bills, sum(charged_minor)::text as won from bills b join institutions i on i.id = b.institution_id group by 1`
      await sql.end()
      const totals = Object.fromEntries(rows.map(({ name, bills, won }) => [name, { bills, amount: won }]))
      change(totals)
      const path = await world.journal('expected', [{ currency: 'KRW', by_authority: totals }])
      return findings({}, { expected: [path] })
    }
    const anyName = (totals: object): string => Object.keys(totals)[0] ?? ''

    it('agrees to the penny', async () => {
      expect(await published(() => undefined)).toEqual([])
    })

    it.each([
      [
        'a bill too many',
        (totals: Record<string, { bills: number; amount: string }>) =>
          void (totals[anyName(totals)] = { ...totals[anyName(totals)], bills: 99 } as never),
      ],
      [
        'one unit too much',
        (totals: Record<string, { bills: number; amount: string }>) =>
          void (totals[anyName(totals)] = { ...totals[anyName(totals)], amount: '1' } as never),
      ],
      [
        'an institution that nobody billed for',
        (totals: Record<string, { bills: number; amount: string }>) => void (totals['Nowhere'] = { bills: 1, amount: '5' }),
      ],
      [
        'an institution that was not published',
        (totals: Record<string, { bills: number; amount: string }>) => void Reflect.deleteProperty(totals, anyName(totals)),
      ],
    ])('names %s', async (_, change) => {
      expect(await published(change)).toEqual([expect.objectContaining({ rule: 'published totals' })])
    })
  })
})
