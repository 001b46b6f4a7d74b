-- covers: I13
-- holds: always
-- see: Something was left behind
-- Nothing is still being sent for a bill that is over, once its run has seen that.
select array[d.id, b.id] as ids, format('Delivery %s of bill %s is still being sent, and the bill is %s.', d.id, b.id, b.status) as sentence
from deliveries d join bills b on b.id = d.bill_id
where d.state = 'sending' and b.stage = 'closed' and not exists (select from facts f where f.bill_id = b.id and f.applied_at is null)
