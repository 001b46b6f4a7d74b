-- covers: I1
-- holds: always
-- see: Money does not add up
-- What was used of kept money is the sum of its uses.
select array[x.id] as ids, format('Excess %s says that %s of it were used, and its uses make %s.', x.id, x.used_minor, coalesce(u.used, 0)) as sentence
from excesses x left join (select excess_id, sum(amount_minor) as used from excess_uses group by 1) u on u.excess_id = x.id
where x.used_minor <> coalesce(u.used, 0)
