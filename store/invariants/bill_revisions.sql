-- covers: I9, I16
-- holds: always
-- see: A state or a log cannot be
-- Every revision of a bill after the first is kept, with what it changed.
select array[b.id] as ids, format('Bill %s is at revision %s, and %s amendments of it are kept.', b.id, b.revision, coalesce(a.kept, 0)) as sentence
from bills b left join (select bill_id, count(*) as kept, max(revision) as last from amendments group by 1) a on a.bill_id = b.id
where b.revision <> coalesce(a.kept, 0) + 1 or b.revision <> coalesce(a.last, 1)
