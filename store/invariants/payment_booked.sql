-- covers: I1, I3
-- holds: always
-- see: Money does not add up
-- Every payment is in the ledger once, with its whole amount.
select array[p.id] as ids,
  format('Payment %s of %s is booked %s times, %s in all.', p.id, p.amount_minor, count(t.id), coalesce(sum(t.moved)::text, 'nothing')) as sentence
from payments p
left join (
  select t.id, t.payment_id, t.currency, coalesce(sum(e.amount_minor) filter (where e.side = 'debit'), 0) as moved
  from ledger_transactions t left join ledger_entries e on e.transaction_id = t.id where t.kind = 'payment' group by t.id) t on t.payment_id = p.id
group by p.id having count(t.id) <> 1 or sum(t.moved) <> p.amount_minor or min(t.currency) <> p.currency
