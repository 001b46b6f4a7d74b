-- covers: I2, I13
-- holds: always
-- see: Something was left behind
-- An open checkout holds each of its bills, and no other checkout holds any.
select array[b.id, b.checkout_id] as ids,
  format('Bill %s is held by checkout %s, which is %s or is not a checkout of this bill.', b.id, b.checkout_id, coalesce(k.state, 'not there')) as sentence
from bills b left join checkouts k on k.id = b.checkout_id
where b.checkout_id is not null and (k.state is null or k.state not in ('claimed', 'open')
  or not exists (select from checkout_bills cb where cb.checkout_id = b.checkout_id and cb.bill_id = b.id))
union all
select array[cb.bill_id, cb.checkout_id], format('Checkout %s is open and does not hold its bill %s.', cb.checkout_id, cb.bill_id)
from checkouts k join checkout_bills cb on cb.checkout_id = k.id join bills b on b.id = cb.bill_id
where k.state in ('claimed', 'open') and b.checkout_id is distinct from k.id
