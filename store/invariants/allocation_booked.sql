-- covers: I1
-- holds: always
-- see: Money does not add up
-- What a payment allocates to a bill is what the ledger owes the bill's institution for it.
select array[coalesce(a.payment_id, l.payment_id), coalesce(a.bill_id, l.bill_id)] as ids,
  format('Payment %s allocates %s to bill %s, and the ledger has %s.', coalesce(a.payment_id, l.payment_id), coalesce(a.amount_minor, 0),
    coalesce(a.bill_id, l.bill_id), coalesce(l.amount, 0)) as sentence
from allocations a
full join (
  select t.payment_id, e.bill_id, sum(case e.side when 'credit' then e.amount_minor else -e.amount_minor end) as amount
  from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
  where t.kind in ('payment', 'release') and e.account = 'payable' group by 1, 2) l on l.payment_id = a.payment_id and l.bill_id = a.bill_id
where coalesce(a.amount_minor, 0) <> coalesce(l.amount, 0)
