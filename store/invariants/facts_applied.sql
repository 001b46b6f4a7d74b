-- covers: I13, I20
-- holds: rest
-- see: Something was left behind
-- Where nothing is under way every fact has reached its bill's run.
select array[id, bill_id] as ids, format('Fact %s (%s) of bill %s was never applied.', id, kind, bill_id) as sentence
from facts where applied_at is null
