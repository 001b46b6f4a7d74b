-- covers: I16, I17
-- holds: always
-- see: The ledger or a log does not verify
-- A bill knows the last entry of its log, so that a tail that was cut off shows.
select array[coalesce(b.id, substr(l.subject, 6))] as ids,
  format('The log of bill %s ends at entry %s, and the bill says %s.', coalesce(b.id, substr(l.subject, 6)), coalesce(l.seq, 0),
    coalesce(b.log_seq::text, 'nothing')) as sentence
from bills b
full join (select distinct on (subject) subject, seq, hash from log where subject like 'bill:%' order by subject, seq desc) l on l.subject = 'bill:' || b.id
where l.seq is distinct from b.log_seq or l.hash is distinct from b.log_hash
