-- covers: I5, I8
-- holds: always
-- see: Money does not add up
-- A bill's status and what it owes say the same: nothing is owed on one that is paid or cancelled, and something on one that is open.
select array[b.id] as ids, format('Bill %s is %s and owes %s.', b.id, b.status, o.owed) as sentence
from bills b
cross join lateral (select b.charged_minor - (b.paid_minor - b.refunded_minor) - b.written_off_minor - b.cancelled_minor as owed) o
where o.owed < 0
  or (b.status in ('paid', 'settled', 'cancelled', 'writtenOff') and o.owed <> 0)
  or (b.asks_money and b.status in ('received', 'issued', 'delivered', 'overdue', 'handedBack') and o.owed = 0)
  or (not b.asks_money and b.charged_minor <> 0)
