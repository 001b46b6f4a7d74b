-- covers: I13, I27
-- holds: end
-- see: Something was left behind
-- Where everything has had time to end every bill is final, every checkout and refund over, every file booked.
select array[id] as ids, format('Bill %s is not final: it is %s, in stage %s.', id, status, stage) as sentence
from bills where status not in ('settled', 'cancelled', 'writtenOff', 'handedBack', 'concluded') or stage <> 'closed'
union all select array[id], format('Checkout %s is still %s.', id, state) from checkouts where state in ('claimed', 'open')
union all select array[id], format('Refund %s is still %s.', id, state) from refunds where state in ('requested', 'submitted')
union all select array[id], format('Statement %s is not posted.', id) from statements where state <> 'posted'
