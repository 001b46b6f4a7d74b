-- covers: I5
-- holds: always
-- see: Money does not add up
-- A checkout asks for what it asks of its bills.
select array[k.id] as ids, format('Checkout %s asks for %s, and its bills for %s.', k.id, k.amount_minor, coalesce(c.parts, 0)) as sentence
from checkouts k left join (select checkout_id, sum(amount_minor) as parts from checkout_bills group by 1) c on c.checkout_id = k.id
where coalesce(c.parts, 0) <> k.amount_minor
