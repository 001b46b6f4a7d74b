-- covers: I18
-- holds: always
-- see: Money does not add up
-- The fee of each settled payment, shared out again over its parts by largest remainders, is what the bills bear.
with parts as (
  select p.id, p.amount_minor::numeric as amount, p.fee_minor::numeric as fee, e.bill_id, sum(case e.side when 'credit' then e.amount_minor else -e.amount_minor end) as part
  from payments p
  join (
    -- A person may have said which payment a line is about.
    select l.id, coalesce(l.payment_id, p.id) as payment_id
    from statement_lines l left join payments p on p.gateway = l.gateway and p.reference = l.subject_reference
    where l.kind = 'payment' and l.state = 'posted') l on l.payment_id = p.id
  join ledger_transactions s on s.line_id = l.id and s.kind = 'settlement'
  -- The parts as they were when the file came: what was placed later bears no fee, and what left later bore it.
  join ledger_transactions t on t.payment_id = p.id and (t.kind = 'payment' or (t.kind = 'release' and t.at < s.at))
  join ledger_entries e on e.transaction_id = t.id and e.account = 'payable'
  where p.settled_at is not null group by p.id, e.bill_id
), weighted as (
  select id, amount, fee, bill_id, part, row_number() over (partition by id order by bill_id) as place from parts
  -- What no bill took bears its share too, behind the others.
  union all select id, amount, fee, null, amount - sum(part), count(*) + 1 from parts group by id, amount, fee
), shares as (
  select id, bill_id, place, fee, div(fee * part, amount) as share, mod(fee * part, amount) as remainder from weighted
), ranked as (
  select bill_id, share, row_number() over (partition by id order by remainder desc, place) as turn, fee - sum(share) over (partition by id) as units from shares
), expected as (
  select bill_id, sum(fee) as fee from (
    select bill_id, share + case when turn <= units then 1 else 0 end as fee from ranked where bill_id is not null
    union all select r.bill_id, l.fee_minor
      from refunds r join payments p on p.id = r.payment_id
      join statement_lines l on l.gateway = p.gateway and l.subject_reference = r.reference and l.kind = 'refund' and l.state = 'posted'
      where r.from_allocation
  ) x group by bill_id
)
select array[b.id] as ids,
  format('Bill %s bears fees of %s, and its share of its payments'' fees is %s.', b.id, b.fees_minor, coalesce(x.fee, 0)) as sentence
from bills b left join expected x on x.bill_id = b.id
where (b.fees_minor <> 0 or b.settled_minor <> 0) and b.fees_minor <> coalesce(x.fee, 0)
