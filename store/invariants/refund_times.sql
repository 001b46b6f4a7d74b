-- covers: I4, I23
-- holds: always
-- see: Something was left behind
-- A refund's times and its reference bear out its state: nothing was sent that was not recorded before.
select array[id] as ids, format('Refund %s is %s, which its times and its reference do not bear out.', id, state) as sentence
from refunds
where (state = 'succeeded') <> (refunded_at is not null) or (state = 'succeeded') <> (reference is not null)
  or (state not in ('requested', 'awaitingApproval', 'declined') and submitted_at is null) or (settled_at is not null and state <> 'succeeded')
