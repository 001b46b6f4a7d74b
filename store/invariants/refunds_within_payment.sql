-- covers: I6
-- holds: always
-- see: More went back than was taken
-- What of a payment is asked back, under way and given back is never more than it.
select array[p.id] as ids, format('Payment %s is %s, and refunds of %s were made or asked for.', p.id, p.amount_minor, r.back) as sentence
from payments p join (select payment_id, sum(amount_minor) as back from refunds where state not in ('failed', 'declined') group by 1) r on r.payment_id = p.id
where r.back > p.amount_minor
