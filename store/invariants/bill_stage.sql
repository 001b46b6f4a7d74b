-- covers: I9, I13
-- holds: always
-- see: A state or a log cannot be
-- A bill's stage is closed exactly when it is final and no refund of it is to be sent.
select array[b.id] as ids, format('Bill %s is %s and its stage is %s.', b.id, b.status, b.stage) as sentence
from bills b
where (b.stage = 'closed') <> (b.status in ('settled', 'cancelled', 'writtenOff', 'handedBack', 'concluded')
    and not exists (select from refunds r where r.bill_id = b.id and r.state in ('requested', 'submitted')))
  -- One whose refund waits for an account is asked for it first.
  and not (b.stage = 'refund' and exists (select from refunds r where r.bill_id = b.id and r.state = 'awaitingAccount'))
