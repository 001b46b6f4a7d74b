-- covers: I6
-- holds: always
-- see: More went back than was taken
-- What a bill gives back of a payment is never more than it took of it.
select array[r.bill_id, r.payment_id] as ids,
  format('Bill %s took %s of payment %s, and refunds of %s were made or asked for.', r.bill_id, coalesce(a.amount_minor, 0), r.payment_id, r.back) as sentence
from (select bill_id, payment_id, sum(amount_minor) as back from refunds where from_allocation and state not in ('failed', 'declined') group by 1, 2) r
left join allocations a on a.payment_id = r.payment_id and a.bill_id = r.bill_id
where r.back > coalesce(a.amount_minor, 0)
