import type { Cast } from '../world.ts'
import type { Violation } from './violation.ts'

/** Changes one side alone: what a payment and a refund put on either side would make up for each other. */
const more = (account: string, side: 'debit' | 'credit'): string =>
  `update ledger_entries set amount_minor = amount_minor + 7 where account = '${account}' and side = '${side}'`

/** Double entries that do not balance or stand for something that never was. */
export const ledger: readonly Violation[] = [
  {
    what: 'an unbalanced transaction',
    breaks: () => [more('bank', 'debit')],
    rule: 'ledger_transactions_balance',
    id: () => /^led_/,
  },
  {
    what: 'an unbalanced ledger',
    breaks: () => [more('bank', 'debit')],
    rule: 'ledger_balances',
    id: () => 'KRW',
  },
  {
    what: 'a payment that is not booked',
    breaks: () => [
      `delete from ledger_entries where transaction_id in (select id from ledger_transactions where kind = 'payment')`,
      `delete from ledger_transactions where kind = 'payment'`,
    ],
    rule: 'payment_booked',
    id: () => /^pay_/,
  },
  {
    what: 'a refund that is not booked',
    breaks: () => [`update ledger_transactions set refund_id = null where kind = 'refund'`],
    rule: 'refund_booked',
    id: (cast) => cast.refund,
  },
  {
    what: 'a statement line that is booked twice',
    breaks: () => [
      'drop index ledger_line_once',
      `insert into ledger_transactions select (jsonb_populate_record(null::ledger_transactions, to_jsonb(t) || '{"id": "led_again"}')).* from ledger_transactions t where kind = 'settlement' limit 1`,
    ],
    rule: 'line_booked',
    id: () => /^lin_/,
  },
  {
    what: 'an allocation that the ledger has otherwise',
    breaks: (cast) => [`update ledger_entries set bill_id = '${cast.open}' where bill_id = '${cast.settled}' and account = 'payable'`],
    rule: 'allocation_booked',
    id: () => /^pay_/,
  },
  ...(
    [
      ['payable', 'credit', (cast) => cast.institution],
      ['gatewayClearing', 'debit', () => 'gate'],
      ['refundPayable', 'credit', () => ''],
      ['bank', 'debit', () => 'gate'],
      ['fees', 'debit', () => 'gate'],
    ] as const satisfies readonly [string, string, (cast: Cast) => string][]
  ).map(([account, side, holder]): Violation => ({
    what: `an account ${account} that holds something else`,
    breaks: () => [more(account, side)],
    rule: 'ledger_accounts',
    id: () => account,
    says: (cast) => `Account ${account} of "${holder(cast)}"`,
  })),
  {
    what: 'money in suspense that nobody put there',
    breaks: () => [`update ledger_entries set account = 'suspense' where account = 'refundPayable' and side = 'credit'`],
    rule: 'ledger_accounts',
    id: () => 'suspense',
    says: /Account suspense of ""/,
  },
  {
    what: 'credit of a citizen that nobody kept',
    breaks: () => [`update ledger_entries set account = 'citizenCredit', holder = 'ins_x' where account = 'suspense'`],
    rule: 'ledger_accounts',
    id: () => 'citizenCredit',
    says: /Account citizenCredit of "ins_x"/,
  },
]
