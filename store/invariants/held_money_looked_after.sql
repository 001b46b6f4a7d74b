-- covers: I8, I13
-- holds: always
-- see: Something was left behind
-- Held money has an open exception, with an age and an owner, for as long as some of it is left.
select array[x.id] as ids, format('Held money %s and its exception do not say the same.', x.id) as sentence
from excesses x left join (
  -- Somebody may have put it away with a reason, which is kept.
  select subject_id, bool_or(closed_at is null) as is_open, bool_or(coalesce(outcome = 'dismissed', false)) as was_put_away
  from exceptions where kind = 'excessHeld' group by subject_id
) e on e.subject_id = x.id
where x.kind = 'held' and e.was_put_away is not true and (e.is_open is true) <> (x.used_minor < x.amount_minor)
