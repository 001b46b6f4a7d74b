import type { Line, Violation } from './violation.ts'

/** Changes the first entry of the journal with this `op`. */
const first =
  (op: string, change: (line: Line) => Line) =>
  (lines: Line[]): Line[] => {
    const index = lines.findIndex((line) => line['op'] === op)
    return lines.map((line, at) => (at === index ? change(line) : line))
  }
const without =
  (op: string) =>
  (lines: Line[]): Line[] =>
    lines.filter((line) => line['op'] !== op)

/** A gateway's journal that says something else than our books. */
export const gateway: readonly Violation[] = [
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
]
