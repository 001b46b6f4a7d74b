-- covers: I1
-- holds: always
-- see: Money does not add up
-- Every ledger transaction sums to zero over at least two entries.
select array[t.id] as ids,
  format('Ledger transaction %s (%s) is out of balance by %s over %s entries.', t.id, t.kind, coalesce(e.difference, 0), coalesce(e.entries, 0)) as sentence
from ledger_transactions t
left join (
  select transaction_id, sum(case side when 'debit' then amount_minor else -amount_minor end) as difference, count(*) as entries
  from ledger_entries group by 1) e on e.transaction_id = t.id
where coalesce(e.difference, 0) <> 0 or coalesce(e.entries, 0) < 2
