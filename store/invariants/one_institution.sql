-- covers: I15
-- holds: always
-- see: Something belongs to two
-- Nothing of one institution's points at another's: no money, no batch, no checkout of its own, no webhook.
select array[x.bill_id, x.id] as ids, format('%s of institution %s is tied to bill %s of institution %s.', x.id, x.holder, x.bill_id, b.institution_id) as sentence
from (
  select transaction_id as id, holder, bill_id from ledger_entries where account = 'payable' and bill_id is not null
  union all select k.id, k.institution_id, cb.bill_id from checkouts k join checkout_bills cb on cb.checkout_id = k.id where k.institution_id is not null
  union all select x.id, x.institution_id, u.bill_id from excesses x join excess_uses u on u.excess_id = x.id where u.bill_id is not null
  union all select t.id, t.institution_id, r.bill_id from batches t join batch_rows r on r.batch_id = t.id where r.bill_id is not null
) x join bills b on b.id = x.bill_id where b.institution_id <> x.holder
union all
select array[e.id, w.id], format('Event %s of institution %s goes to webhook endpoint %s of institution %s.', e.id, e.institution_id, w.id, w.institution_id)
from webhook_deliveries d join events e on e.id = d.event_id join webhook_endpoints w on w.id = d.endpoint_id where e.institution_id <> w.institution_id
