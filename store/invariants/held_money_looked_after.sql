-- covers: I8, I13
-- holds: always
-- see: Something was left behind
-- Held money has an open exception, with an age and an owner, for as long as some of it is left.
select array[x.id] as ids, format('Held money %s and its exception do not say the same.', x.id) as sentence
from excesses x left join exceptions e on e.kind = 'excessHeld' and e.subject_id = x.id and e.closed_at is null
where x.kind = 'held' and (e.id is not null) <> (x.used_minor < x.amount_minor)
  -- Somebody may have put it away with a reason, which is kept.
  and not exists (select from exceptions d where d.kind = 'excessHeld' and d.subject_id = x.id and d.outcome = 'dismissed')
