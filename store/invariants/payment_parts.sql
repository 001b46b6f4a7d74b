-- covers: I1, I8
-- holds: always
-- see: Money does not add up
-- A payment is all of its parts: what bills took, what goes back, and what is held or kept as credit.
select array[p.id] as ids,
  format('Payment %s is %s, and its parts are %s allocated, %s to give back, %s held.', p.id, p.amount_minor, x.allocated, x.back, x.held) as sentence
from payments p
left join (select payment_id, sum(amount_minor) as amount from allocations group by 1) a on a.payment_id = p.id
left join (select payment_id, sum(amount_minor) as amount from refunds where not from_allocation and state <> 'declined' group by 1) r on r.payment_id = p.id
left join (
  -- A payment that the bank had shown before anybody knew it comes out of suspense itself: that is no part of it.
  select t.payment_id, sum(case when e.side = 'credit' then e.amount_minor when t.kind = 'payment' then 0 else -e.amount_minor end) as amount
  from ledger_entries e join ledger_transactions t on t.id = e.transaction_id where e.account in ('suspense', 'citizenCredit') group by 1) h on h.payment_id = p.id
cross join lateral (select coalesce(a.amount, 0) as allocated, coalesce(r.amount, 0) as back, coalesce(h.amount, 0) as held) x
where p.amount_minor <> x.allocated + x.back + x.held
