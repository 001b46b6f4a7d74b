-- covers: I9, I13
-- holds: always
-- see: A state or a log cannot be
-- A bill knows its open objection, and no objection is open on a bill that does not know it.
select array[b.id, b.objection_id] as ids, format('Bill %s waits for objection %s, which is %s.', b.id, b.objection_id, coalesce(o.state, 'not its own')) as sentence
from bills b left join objections o on o.id = b.objection_id and o.bill_id = b.id
where b.objection_id is not null and o.state is distinct from 'filed'
union all
select array[o.bill_id, o.id], format('Objection %s is open, and bill %s does not know it.', o.id, o.bill_id)
from objections o join bills b on b.id = o.bill_id where o.state = 'filed' and b.objection_id is distinct from o.id
