-- covers: I15
-- holds: always
-- see: Something belongs to two
-- Nothing of one citizen's pays or points at another's bill.
select array[x.id, x.bill_id] as ids, format('%s is one citizen''s, and bill %s is somebody else''s.', x.id, x.bill_id) as sentence
from (
  select k.id, k.citizen_id, cb.bill_id from checkouts k join checkout_bills cb on cb.checkout_id = k.id
  union all select id, citizen_id, bill_id from excesses
  union all select x.id, x.citizen_id, u.bill_id from excesses x join excess_uses u on u.excess_id = x.id where u.bill_id is not null
) x join bills b on b.id = x.bill_id where b.citizen_id <> x.citizen_id
