import type { QueryRule } from './finding.ts'

const SIGNED = `case e.side when 'debit' then e.amount_minor else -e.amount_minor end`
/** Debits less credits of an account, by holder and currency. */
const balance = (account: string): string => `
  select e.holder, t.currency, sum(${SIGNED}) as balance from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
  where e.account = '${account}' group by 1, 2`

/** An account beside what it must hold by the rows that it stands for, whichever of the two is missing. */
const account = (name: string, meaning: string, expected: string): QueryRule => ({
  rule: `account ${name}`,
  query: `
    select coalesce(l.holder, x.holder) as holder, coalesce(l.currency, x.currency) as currency, coalesce(l.balance, 0) as balance, coalesce(x.expected, 0) as expected
    from (${balance(name)}) l full join (${expected}) x on x.holder = l.holder and x.currency = l.currency
    where coalesce(l.balance, 0) <> coalesce(x.expected, 0)`,
  says: (row) =>
    `Account ${name} of "${row['holder']}" stands at ${row['balance']} ${row['currency']}; ${meaning} make ${row['expected']}.`,
})

const LINE = `from statement_lines where state = 'posted' and kind in ('payment', 'refund')`
/** Lines of a bank that are in the books: what they show is in the account, placed or not. */
const BANK_LINE = `from statement_lines l where kind in ('credit', 'debit') and (payment_id is not null or exists (select from ledger_transactions t where t.line_id = l.id))`
const transactionOf = (kind: string, subject: string): string => `
  (select t.id, t.currency, coalesce(sum(${SIGNED}) filter (where e.account = 'gatewayClearing'), 0) as clearing,
     coalesce(sum(e.amount_minor) filter (where e.side = 'debit'), 0) as moved
   from ledger_transactions t left join ledger_entries e on e.transaction_id = t.id where t.kind = '${kind}' and t.${subject} = s.id group by t.id)`

export const ledgerRules: readonly QueryRule[] = [
  {
    rule: 'every transaction balances',
    query: `
      select t.id, t.kind, coalesce(sum(${SIGNED}), 0) as difference, count(e.line) as entries from ledger_transactions t left join ledger_entries e on e.transaction_id = t.id
      group by t.id having coalesce(sum(${SIGNED}), 0) <> 0 or count(e.line) < 2`,
    says: (row) =>
      `Ledger transaction ${row['id']} (${row['kind']}) is out of balance by ${row['difference']} over ${row['entries']} entries.`,
  },
  {
    rule: 'the ledger balances',
    query: `select t.currency, sum(${SIGNED}) as difference from ledger_entries e join ledger_transactions t on t.id = e.transaction_id group by 1 having sum(${SIGNED}) <> 0`,
    says: (row) => `The whole ledger is out of balance by ${row['difference']} ${row['currency']}.`,
  },
  {
    rule: 'every payment is booked once',
    query: `select s.id, s.amount_minor, count(t.id) as booked, sum(t.moved) as clearing from payments s left join lateral ${transactionOf('payment', 'payment_id')} t on true
      group by s.id having count(t.id) <> 1 or sum(t.moved) <> s.amount_minor or min(t.currency) <> s.currency`,
    says: (row) =>
      `Payment ${row['id']} of ${row['amount_minor']} is booked ${row['booked']} times, ${row['clearing'] ?? 'nothing'} in all.`,
  },
  {
    rule: 'every refund is booked once',
    query: `select s.id, s.state, s.amount_minor, count(t.id) as booked, -sum(t.moved) as clearing from refunds s left join lateral ${transactionOf('refund', 'refund_id')} t on true
      group by s.id having count(t.id) <> (case s.state when 'succeeded' then 1 else 0 end) or sum(t.moved) <> s.amount_minor or min(t.currency) <> s.currency`,
    says: (row) =>
      `Refund ${row['id']} of ${row['amount_minor']} is ${row['state']} and booked ${row['booked']} times, ${row['clearing'] ?? 'nothing'} in all.`,
  },
  {
    rule: 'every statement line is booked once',
    query: `select s.id, s.state, s.gross_minor, count(t.id) as booked, sum(t.clearing) as clearing from statement_lines s left join lateral ${transactionOf('settlement', 'line_id')} t on true
      where s.kind in ('payment', 'refund') group by s.id having count(t.id) <> (case s.state when 'posted' then 1 else 0 end) or sum(t.clearing) <> -s.gross_minor or min(t.currency) <> s.currency`,
    says: (row) =>
      `Statement line ${row['id']} over ${row['gross_minor']} is ${row['state']} and booked ${row['booked']} times, ${row['clearing'] ?? 'nothing'} in all.`,
  },
  {
    rule: 'allocations are owed to their institution',
    query: `
      select coalesce(a.payment_id, l.payment_id) as payment_id, coalesce(a.bill_id, l.bill_id) as bill_id, coalesce(a.amount_minor, 0) as allocated, coalesce(l.amount, 0) as booked
      from allocations a full join (
        select t.payment_id, e.bill_id, sum(-(${SIGNED})) as amount from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
        where t.kind in ('payment', 'release') and e.account = 'payable' group by 1, 2) l on l.payment_id = a.payment_id and l.bill_id = a.bill_id
      where coalesce(a.amount_minor, 0) <> coalesce(l.amount, 0)`,
    says: (row) =>
      `Payment ${row['payment_id']} allocates ${row['allocated']} to bill ${row['bill_id']}, and the ledger has ${row['booked']}.`,
  },
  account(
    'payable',
    'allocations less refunds of allocated money',
    `
    select holder, currency, -sum(amount) as expected from (
      select a.institution_id as holder, p.currency, a.amount_minor as amount from allocations a join payments p on p.id = a.payment_id
      union all select institution_id, currency, -amount_minor from refunds where from_allocation and state = 'succeeded') x group by 1, 2`,
  ),
  account(
    'gatewayClearing',
    'captures less refunds less what was settled',
    `
    select holder, currency, sum(amount) as expected from (
      select gateway as holder, currency, amount_minor as amount from payments where paid_at_source = 'gateway'
      union all select p.gateway, p.currency, -l.gross_minor from statement_lines l join payments p on p.id = l.payment_id and p.paid_at_source = 'gateway'
        where l.kind = 'credit'
      union all select p.gateway, r.currency, -r.amount_minor from refunds r join payments p on p.id = r.payment_id where r.state = 'succeeded' and not r.from_bank
      union all select gateway, currency, -gross_minor ${LINE}) x group by 1, 2`,
  ),
  account(
    'refundPayable',
    'refunds of money that no bill took and that are not made yet',
    `
    select '' as holder, currency, -sum(amount_minor) as expected from refunds where not from_allocation and state <> 'succeeded' group by 2`,
  ),
  account(
    'suspense',
    'what is left of held money, and what a bank has shown that nobody has placed',
    `
    select '' as holder, currency, -sum(amount) as expected from (
      select currency, amount_minor - used_minor as amount from excesses where kind = 'held'
      union all select l.currency, l.gross_minor from statement_lines l join ledger_transactions t on t.line_id = l.id and t.kind = 'suspense'
        where l.state in ('exception', 'dismissed')) x group by 2`,
  ),
  account(
    'citizenCredit',
    'what is left of credits',
    `select institution_id as holder, currency, -sum(amount_minor - used_minor) as expected from excesses where kind = 'credit' group by 1, 2`,
  ),
  account(
    'bank',
    'what gateways’ files told of and the bank has not shown, what the bank has shown, and what a person paid out,',
    `
    select holder, currency, sum(amount) as expected from (
      select gateway as holder, currency, net_minor as amount ${LINE}
      union all select gateway, currency, -net_minor from statements where seen_in_bank is not null
      union all select '', currency, amount_minor from payments p where paid_at_source = 'bank' and not exists (select from statement_lines l where l.payment_id = p.id)
      union all select '', currency, -amount_minor from refunds where from_bank and state = 'succeeded'
      union all select '', currency, gross_minor ${BANK_LINE}) x group by 1, 2`,
  ),
  account('fees', 'the fees of posted lines', `select gateway as holder, currency, sum(fee_minor) as expected ${LINE} group by 1, 2`),
]
