-- covers: I1, I18
-- holds: always
-- see: Money does not add up
-- Every posted line of a gateway's file is in the ledger once, with its whole amount, and no other is.
select array[l.id] as ids,
  format('Statement line %s over %s is %s and booked %s times, %s in all.', l.id, l.gross_minor, l.state, count(t.id), coalesce(sum(t.clearing)::text, 'nothing')) as sentence
from statement_lines l
left join (
  select t.id, t.line_id, t.currency,
    coalesce(sum(case e.side when 'debit' then e.amount_minor else -e.amount_minor end) filter (where e.account = 'gatewayClearing'), 0) as clearing
  from ledger_transactions t left join ledger_entries e on e.transaction_id = t.id where t.kind = 'settlement' group by t.id) t on t.line_id = l.id
where l.kind in ('payment', 'refund')
group by l.id
having count(t.id) <> case l.state when 'posted' then 1 else 0 end or sum(t.clearing) <> -l.gross_minor or min(t.currency) <> l.currency
