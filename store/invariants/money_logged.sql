-- covers: I16
-- holds: always
-- see: A state or a log cannot be
-- Every payment of a bill and every refund that was made stands in the bill's log, and nothing stands there that was not.
select array[coalesce(m.bill_id, l.bill_id), coalesce(m.id, l.id)] as ids,
  format(case when l.id is null then 'The log of bill %s does not tell of %s.' else 'The log of bill %s tells of %s, which it never had.' end,
    coalesce(m.bill_id, l.bill_id), coalesce(m.id, l.id, 'something without a name')) as sentence
from (
  select 'paid' as action, bill_id, payment_id as id from allocations
  union all select 'refunded', bill_id, id from refunds where state = 'succeeded'
) m
full join (
  select distinct action, substr(subject, 6) as bill_id, substring(body from case action when 'paid' then '"paymentId":"([^"]+)"' else '"refundId":"([^"]+)"' end) as id
  from log where subject like 'bill:%' and action in ('paid', 'refunded')
) l on l.action = m.action and l.bill_id = m.bill_id and l.id = m.id
where m.id is null or l.id is null
