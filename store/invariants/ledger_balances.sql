-- covers: I1
-- holds: always
-- see: Money does not add up
-- The whole ledger sums to zero in every currency.
select array[t.currency::text] as ids,
  format('The whole ledger is out of balance by %s %s.', sum(case e.side when 'debit' then e.amount_minor else -e.amount_minor end), t.currency) as sentence
from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
group by t.currency having sum(case e.side when 'debit' then e.amount_minor else -e.amount_minor end) <> 0
