-- covers: I4, I18
-- holds: always
-- see: Money does not add up
-- A settled bill has all of its money in a settlement.
select array[id] as ids, format('Bill %s is settled, but of %s only %s came in a settlement.', id, paid_minor - refunded_minor, settled_minor) as sentence
from bills where status = 'settled' and settled_minor + refund_settled_minor < paid_minor
