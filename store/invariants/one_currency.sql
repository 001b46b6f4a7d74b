-- covers: I5
-- holds: always
-- see: Money does not add up
-- Money never changes its currency: a bill, its payments, its checkouts and its refunds have the same one.
select array[x.id, x.other_id] as ids, format('Bill %s has %s in %s, which should be in %s.', x.id, x.other_id, x.other, x.currency) as sentence
from (
  select b.id, b.currency, p.id as other_id, p.currency as other from bills b join allocations a on a.bill_id = b.id join payments p on p.id = a.payment_id
  union select b.id, b.currency, k.id, k.currency from bills b join checkout_bills cb on cb.bill_id = b.id join checkouts k on k.id = cb.checkout_id
  union select r.bill_id, p.currency, r.id, r.currency from refunds r join payments p on p.id = r.payment_id
  union select x.bill_id, p.currency, x.id, x.currency from excesses x join payments p on p.id = x.payment_id
) x where x.currency <> x.other
