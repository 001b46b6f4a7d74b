-- covers: I5, I18
-- holds: always
-- see: Money does not add up
-- A posted line of a gateway's file settles a payment or refund of the same reference, amount, fee, currency and time.
select array[l.id, s.id] as ids,
  format('Statement line %s settles the %s %s, which does not say the same.', l.id, l.kind, coalesce(s.id, l.subject_reference)) as sentence
from statement_lines l
left join (
  select 'payment' as kind, id, gateway, reference, amount_minor as gross, fee_minor as fee, currency, settled_at from payments
  -- What was taken back from several bills at once is one line: its refunds share the reference up to the number sign.
  union all select 'refund', min(r.id), p.gateway, split_part(r.reference, '#', 1), -sum(r.amount_minor), null, r.currency, r.settled_at
    from refunds r join payments p on p.id = r.payment_id where r.reference is not null group by p.gateway, split_part(r.reference, '#', 1), r.currency, r.settled_at
) s on s.kind = l.kind and s.gateway = l.gateway and s.reference = coalesce(
  -- A person may have said which payment it is.
  (select p.reference from payments p where p.id = l.payment_id), l.subject_reference)
where l.kind in ('payment', 'refund') and l.state = 'posted' and (s.id is null or s.gross <> l.gross_minor or coalesce(s.fee, l.fee_minor) <> l.fee_minor
  or s.currency <> l.currency or s.settled_at is distinct from l.settled_at)
