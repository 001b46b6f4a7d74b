-- covers: I10, I12
-- holds: always
-- see: A state or a log cannot be
-- Once a bill is cancelled, written off or handed back nothing is asked, charged or taken for it any more.
select array[substr(l.subject, 6)] as ids,
  format('Bill %s ended at entry %s of its log, and entry %s says "%s".', substr(l.subject, 6), e.seq, l.seq, l.action) as sentence
from (
  select subject, min(seq) as seq from log
  where subject like 'bill:%' and action in ('cancelled', 'writtenOff', 'handBack', 'expire') group by subject) e
join log l on l.subject = e.subject and l.seq > e.seq
where l.action in ('issue', 'sending', 'fallDue', 'surcharge', 'paid', 'amended', 'extended', 'paused', 'objected', 'conclude', 'checkoutBegun', 'reopened',
    'settlementAsked', 'cancelled', 'writtenOff', 'handBack', 'expire')
  -- A refund may still need an account, and the citizen is asked for it.
  and not (l.action = 'sending' and l.body like '%"key":"refundAccount:%')
