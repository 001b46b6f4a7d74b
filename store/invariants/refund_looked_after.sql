-- covers: I8, I23
-- holds: always
-- see: Something was left behind
-- A refund that waits for an account, for a second person or for a person to pay it out has an open exception.
select array[r.id, r.bill_id] as ids, format('Refund %s of bill %s is %s, and no open exception says so.', r.id, r.bill_id, r.state) as sentence
from refunds r
where r.state in ('awaitingAccount', 'awaitingPayout', 'awaitingApproval') and not exists (
  -- Open, or put away by somebody with a reason, which is kept.
  select from exceptions e where e.subject_id = r.id and (e.closed_at is null or e.outcome = 'dismissed')
    and e.kind = case r.state when 'awaitingAccount' then 'refundWithoutRoute' when 'awaitingPayout' then 'refundPayout' else 'refundApproval' end)
