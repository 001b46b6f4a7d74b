-- covers: I1, I18
-- holds: always
-- see: Money does not add up
-- Every account of the ledger holds what the rows that it stands for make: nothing more, nothing less, for nobody else.
with balances as (
  select e.account, e.holder, t.currency, sum(case e.side when 'debit' then e.amount_minor else -e.amount_minor end) as balance
  from ledger_entries e join ledger_transactions t on t.id = e.transaction_id group by 1, 2, 3
), expected as (
  select account, holder, currency, sum(amount) as balance from (
    -- Owed to institutions: allocations less refunds of allocated money.
    select 'payable' as account, a.institution_id as holder, p.currency, -a.amount_minor as amount from allocations a join payments p on p.id = a.payment_id
    union all select 'payable', institution_id, currency, amount_minor from refunds where from_allocation and state = 'succeeded'
    -- Owed by gateways: captures less refunds less what was settled.
    union all select 'gatewayClearing', gateway, currency, amount_minor from payments where paid_at_source = 'gateway'
    union all select 'gatewayClearing', p.gateway, p.currency, -l.gross_minor
      from statement_lines l join payments p on p.id = l.payment_id and p.paid_at_source = 'gateway' where l.kind = 'credit'
    union all select 'gatewayClearing', p.gateway, r.currency, -r.amount_minor
      from refunds r join payments p on p.id = r.payment_id where r.state = 'succeeded' and not r.from_bank
    union all select 'gatewayClearing', gateway, currency, -gross_minor from statement_lines where state = 'posted' and kind in ('payment', 'refund')
    union all select 'gatewayClearing', l.gateway, l.currency, -l.gross_minor
      from statement_lines l join ledger_transactions t on t.line_id = l.id and t.kind = 'settlement' where l.kind = 'debit'
    -- Owed to payers: refunds of money that no bill took and that are not made yet, and money in the bank that a person decided to send back.
    union all select 'refundPayable', '', currency, -amount_minor from refunds where not from_allocation and state not in ('succeeded', 'declined')
    union all select 'refundPayable', '', currency, -gross_minor from statement_lines where state = 'returning'
    -- Nobody's yet: what is left of held money, and what a bank has shown that nobody has placed.
    union all select 'suspense', '', currency, -(amount_minor - used_minor) from excesses where kind = 'held'
    union all select 'suspense', '', l.currency, -l.gross_minor
      from statement_lines l join ledger_transactions t on t.line_id = l.id and t.kind = 'suspense' where l.state in ('exception', 'dismissed')
    union all select 'citizenCredit', institution_id, currency, -(amount_minor - used_minor) from excesses where kind = 'credit'
    -- In the bank: what gateways' files told of and the bank has not shown, what it has shown, and what a person paid out.
    union all select 'bank', gateway, currency, net_minor from statement_lines where state = 'posted' and kind in ('payment', 'refund')
    union all select 'bank', gateway, currency, -net_minor from statements where seen_in_bank is not null
    union all select 'bank', '', currency, amount_minor from payments p
      where paid_at_source = 'bank' and not exists (select from statement_lines l where l.payment_id = p.id)
    union all select 'bank', '', currency, -amount_minor from refunds where from_bank and state = 'succeeded'
    union all select 'bank', '', currency, gross_minor from statement_lines l
      where kind in ('credit', 'debit') and (payment_id is not null or exists (select from ledger_transactions t where t.line_id = l.id))
        -- What went out as a refund is counted there.
        and not (state = 'posted' and (refund_id is not null
          or (rule = 'returned' and not exists (select from ledger_transactions t where t.line_id = l.id and t.kind = 'settlement'))))
    union all select 'fees', gateway, currency, fee_minor from statement_lines where state = 'posted' and kind in ('payment', 'refund')
  ) x group by 1, 2, 3
)
select array[account, holder, currency::text] as ids,
  format('Account %s of "%s" stands at %s %s; the rows that it stands for make %s.', account, holder, coalesce(b.balance, 0), currency, coalesce(x.balance, 0)) as sentence
from balances b full join expected x using (account, holder, currency)
where coalesce(b.balance, 0) <> coalesce(x.balance, 0)
