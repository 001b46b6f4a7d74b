-- covers: I1, I7
-- holds: always
-- see: Money does not add up
-- Every refund that was made is in the ledger once, with its whole amount, and no other is.
select array[r.id] as ids,
  format('Refund %s of %s is %s and booked %s times, %s in all.', r.id, r.amount_minor, r.state, count(t.id), coalesce(sum(t.moved)::text, 'nothing')) as sentence
from refunds r
left join (
  select t.id, t.refund_id, t.currency, coalesce(sum(e.amount_minor) filter (where e.side = 'debit'), 0) as moved
  from ledger_transactions t left join ledger_entries e on e.transaction_id = t.id where t.kind = 'refund' group by t.id) t on t.refund_id = r.id
group by r.id
having count(t.id) <> case r.state when 'succeeded' then 1 else 0 end or sum(t.moved) <> r.amount_minor or min(t.currency) <> r.currency
