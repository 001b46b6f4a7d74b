import type { Violation } from './violation.ts'

/** Statement lines that say something else than what they settled. */
export const statements: readonly Violation[] = [
  {
    what: 'a posted line whose payment says otherwise',
    breaks: () => [`update payments set fee_minor = fee_minor + 1`],
    rule: 'posted_line',
    id: () => /^lin_/,
  },
  {
    what: 'a posted line whose refund says otherwise',
    breaks: (cast) => [`update refunds set amount_minor = amount_minor - 1 where id = '${cast.refund}'`],
    rule: 'posted_line',
    id: () => /^lin_/,
  },
  {
    what: 'a posted line of a refund that is not settled',
    breaks: (cast) => [`update refunds set settled_at = null where id = '${cast.refund}'`],
    rule: 'settled_once',
    id: (cast) => cast.refund,
  },
  {
    what: 'a payment that two lines settled',
    breaks: () => [
      `insert into statement_lines select (jsonb_populate_record(null::statement_lines, to_jsonb(l) || '{"id": "lin_2", "seq": 99, "line_reference": "again"}')).* from statement_lines l where kind = 'payment' order by id limit 1`,
    ],
    rule: 'settled_once',
    id: () => /^pay_/,
  },
  {
    what: 'a fee that was not shared out exactly',
    breaks: (cast) => [`update bills set fees_minor = fees_minor + 1 where id = '${cast.settled}'`],
    rule: 'bill_fees',
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
]
