-- covers: I16, I17
-- holds: always
-- see: The ledger or a log does not verify
-- Every log counts from 1 without a hole, and each entry is linked to the one before.
select array[l.subject] as ids,
  case when l.seq <> l.seq_before + 1 then format('Entry %s of the log of %s follows entry %s.', l.seq, l.subject, l.seq_before)
    else format('Entry %s of the log of %s is not linked to the entry before.', l.seq, l.subject) end as sentence
from (
  select subject, seq, previous_hash, coalesce(lag(seq) over entries, 0) as seq_before, lag(hash) over entries as hash_before
  from log window entries as (partition by subject order by seq)) l
where l.seq <> l.seq_before + 1 or l.previous_hash is distinct from l.hash_before
