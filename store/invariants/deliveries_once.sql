-- covers: I11
-- holds: always
-- see: A state or a log cannot be
-- Each notice and each reminder of a bill is one delivery on one channel.
select array[bill_id, min(id)] as ids, format('Bill %s has %s deliveries of "%s".', bill_id, count(*), key) as sentence
from deliveries group by bill_id, key having count(*) > 1
