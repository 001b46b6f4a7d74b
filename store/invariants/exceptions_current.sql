-- covers: I13
-- holds: always
-- see: Something was left behind
-- Nobody waits for a settlement that has come or that will not be asked for any more.
select array[e.subject_id, e.id] as ids,
  format('Bill %s is %s, but exception %s still waits for its settlement.', e.subject_id, b.status, e.id) as sentence
from exceptions e join bills b on b.id = e.bill_id
where e.kind = 'settlementLate' and e.closed_at is null and b.status <> 'paid'
