-- covers: I8, I13
-- holds: always
-- see: Money does not add up
-- What a checkout says of each bill is what became of the payment; while it is open it says nothing.
select array[cb.checkout_id, cb.bill_id] as ids,
  format('Checkout %s is %s and says "%s" of bill %s, which its payment does not bear out.', cb.checkout_id, k.state, coalesce(cb.outcome, 'none'), cb.bill_id) as sentence
from checkout_bills cb
join checkouts k on k.id = cb.checkout_id
left join payments p on p.checkout_id = k.id
left join allocations a on a.payment_id = p.id and a.bill_id = cb.bill_id
left join refunds r on r.payment_id = p.id and r.bill_id = cb.bill_id and not r.from_allocation and r.reason in ('paidTwice', 'billClosed')
where (k.state in ('claimed', 'open')) <> (cb.outcome is null)
  or (cb.outcome = 'allocated' and (a.payment_id is null or r.id is not null))
  or (cb.outcome = 'refunded' and r.id is null)
  or (cb.outcome in ('held', 'credited') and not exists (select from excesses x where x.payment_id = p.id and x.bill_id = cb.bill_id))
  or (cb.outcome = 'released' and (r.id is not null or (a.payment_id is not null
    -- What was kept of the payment may have been given to the bill later.
    and not exists (select from excess_uses u join excesses x on x.id = u.excess_id where x.payment_id = p.id and u.bill_id = cb.bill_id))))
