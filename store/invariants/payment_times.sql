-- covers: I9, I18
-- holds: always
-- see: Money does not add up
-- A payment's time of settlement bears out its state.
select array[id] as ids, format('Payment %s is %s, which its time of settlement does not bear out.', id, state) as sentence
from payments where state in ('captured', 'settled') and (state = 'settled') <> (settled_at is not null)
