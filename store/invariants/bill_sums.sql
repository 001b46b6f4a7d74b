-- covers: I1
-- holds: always
-- see: Money does not add up
-- Every sum on a bill's row is the sum of the rows that it stands for.
select array[b.id] as ids, format('Bill %s has %s as its sum of %s, and its rows make %s.', b.id, s.kept, s.name, s.made) as sentence
from bills b
left join (
  select bill_id,
    sum(case when kind in ('reduction', 'surchargeTakenBack', 'decrease') then -amount_minor else amount_minor end)
      filter (where kind not in ('writeOff', 'cancellation')) as charged,
    sum(case kind when 'surcharge' then amount_minor else -amount_minor end) filter (where kind in ('surcharge', 'surchargeTakenBack')) as surcharged,
    sum(amount_minor) filter (where kind = 'reduction') as reduced,
    sum(amount_minor) filter (where kind = 'writeOff') as written_off,
    sum(amount_minor) filter (where kind = 'cancellation') as cancelled
  from charges group by bill_id) c on c.bill_id = b.id
left join (
  select a.bill_id, sum(a.amount_minor) as paid, sum(a.amount_minor) filter (where p.settled_at is not null) as settled
  from allocations a join payments p on p.id = a.payment_id group by a.bill_id) a on a.bill_id = b.id
left join (
  select bill_id, sum(amount_minor) filter (where state = 'succeeded') as refunded, sum(amount_minor) filter (where settled_at is not null) as settled
  from refunds where from_allocation group by bill_id) r on r.bill_id = b.id
cross join lateral (values
  ('charged', b.charged_minor, coalesce(c.charged, 0)),
  ('surcharged', b.surcharged_minor, coalesce(c.surcharged, 0)),
  ('reduced', b.reduced_minor, coalesce(c.reduced, 0)),
  ('written off', b.written_off_minor, coalesce(c.written_off, 0)),
  ('cancelled', b.cancelled_minor, coalesce(c.cancelled, 0)),
  ('paid', b.paid_minor, coalesce(a.paid, 0)),
  ('refunded', b.refunded_minor, coalesce(r.refunded, 0)),
  ('settled', b.settled_minor, coalesce(a.settled, 0) - coalesce(r.settled, 0)),
  ('settled refunds', b.refund_settled_minor, coalesce(r.settled, 0))
) s (name, kept, made)
where s.kept <> s.made
