-- covers: I9, I10
-- holds: always
-- see: A state or a log cannot be
-- Everything is in a state that its state table knows.
select array[x.id] as ids, format('%s is "%s", which is no state of a %s.', x.id, x.state, x.machine) as sentence
from (
  select 'bill' as machine, id, status as state from bills
  union all select 'delivery', id, state from deliveries
  union all select 'checkout', id, state from checkouts
  union all select 'payment', id, state from payments
  union all select 'refund', id, state from refunds
  union all select 'line', id, state from statement_lines
  union all select 'objection', id, state from objections
  union all select 'batch', id, state from batches
  union all select 'row', batch_id || ' row ' || row, state from batch_rows
) x
left join (
  select machine, from_state as state from transitions union select machine, to_state from transitions union select machine, state from initial_states
) s on s.machine = x.machine and s.state = x.state
where s.state is null
