-- covers: I2, I4
-- holds: always
-- see: Money does not add up
-- A paid checkout has one payment, any other has none.
select array[k.id] as ids, format('Checkout %s is %s and has %s payments.', k.id, k.state, coalesce(p.payments, 0)) as sentence
from checkouts k left join (select checkout_id, count(*) as payments from payments group by 1) p on p.checkout_id = k.id
where coalesce(p.payments, 0) <> case k.state when 'paid' then 1 else 0 end
