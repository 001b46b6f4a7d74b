-- covers: I2, I18
-- holds: always
-- see: Money does not add up
-- What is settled has one posted line that says so, and what is not settled has none.
select array[s.id] as ids,
  format('The %s %s has %s posted statement lines, which its own time of settlement does not bear out.', s.kind, s.id, n.lines) as sentence
from (
  select 'payment' as kind, id, gateway, reference, settled_at, paid_at_source = 'bank' as elsewhere from payments
  -- What was taken back from several bills at once is one line: its refunds share the reference up to the number sign.
  union all select 'refund', min(r.id), p.gateway, split_part(r.reference, '#', 1), r.settled_at, bool_or(r.from_bank)
    from refunds r join payments p on p.id = r.payment_id
    group by p.gateway, coalesce(split_part(r.reference, '#', 1), r.id), split_part(r.reference, '#', 1), r.currency, r.settled_at
) s
left join (
  select kind, gateway, subject_reference, count(*) as lines from (
    select kind, gateway, subject_reference from statement_lines where state = 'posted' and kind in ('payment', 'refund') and payment_id is null
    union all select 'refund', gateway, line_reference from statement_lines where state = 'posted' and kind = 'debit' and rule = 'returned') x
  group by 1, 2, 3
) g on g.kind = s.kind and g.gateway = s.gateway and g.subject_reference = s.reference
-- A line that a bank or a person placed names what it settled itself.
left join (
  select 'payment' as kind, payment_id as id, count(*) as lines from statement_lines where state = 'posted' and payment_id is not null group by payment_id
  union all select 'refund', refund_id, count(*) from statement_lines where state = 'posted' and refund_id is not null group by refund_id
) b on b.kind = s.kind and b.id = s.id
cross join lateral (select coalesce(g.lines, 0) + coalesce(b.lines, 0) as lines) n
where n.lines <> case when s.settled_at is null then 0 else 1 end and (not s.elsewhere or n.lines > 0)
