-- covers: I15
-- holds: always
-- see: Something belongs to two
-- What is a test and what is not never meet.
select array[x.id, x.bill_id] as ids, format('%s is %s, and bill %s is %s.', x.id, x.mode, x.bill_id, b.mode) as sentence
from (
  select k.id, k.mode, cb.bill_id from checkouts k join checkout_bills cb on cb.checkout_id = k.id
  union all select id, mode, bill_id from excesses
  union all select x.id, x.mode, u.bill_id from excesses x join excess_uses u on u.excess_id = x.id where u.bill_id is not null
  union all select t.id, t.mode, r.bill_id from batches t join batch_rows r on r.batch_id = t.id where r.bill_id is not null
  union all select id, mode, bill_id from events where bill_id is not null
) x join bills b on b.id = x.bill_id where b.mode <> x.mode
union all
select array[e.id, w.id], format('Event %s is %s, and webhook endpoint %s is %s.', e.id, e.mode, w.id, w.mode)
from webhook_deliveries d join events e on e.id = d.event_id join webhook_endpoints w on w.id = d.endpoint_id where e.mode <> w.mode
