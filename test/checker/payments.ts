import type { QueryRule } from './finding.ts'

/** What of a payment went back without ever having been a bill's. */
const BACK = `coalesce((select sum(amount_minor) from refunds r where r.payment_id = p.id and not from_allocation), 0)`
const ALLOCATED = `coalesce((select sum(amount_minor) from allocations a where a.payment_id = p.id), 0)`
/** What nobody has placed, and what waits for the citizen's next bill. */
const HELD = `
  coalesce((select sum(case side when 'credit' then amount_minor else -amount_minor end) from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
    where t.payment_id = p.id and e.account in ('suspense', 'citizenCredit')), 0)`

export const paymentRules: readonly QueryRule[] = [
  {
    rule: 'a payment is all of its parts',
    query: `select id, amount_minor, ${ALLOCATED} as allocated, ${BACK} as back, ${HELD} as held from payments p where amount_minor <> ${ALLOCATED} + ${BACK} + ${HELD}`,
    says: (row) =>
      `Payment ${row['id']} is ${row['amount_minor']}, and its parts are ${row['allocated']} allocated, ${row['back']} to give back, ${row['held']} held.`,
  },
  {
    rule: 'refunds within the payment',
    query: `
      select p.id, p.amount_minor, sum(r.amount_minor) as back from payments p join refunds r on r.payment_id = p.id
      where r.state <> 'failed' group by p.id having sum(r.amount_minor) > p.amount_minor`,
    says: (row) => `Payment ${row['id']} is ${row['amount_minor']}, and refunds of ${row['back']} were made or asked for.`,
  },
  {
    rule: 'a paid checkout has one payment',
    query: `
      select k.id, k.state, count(p.id) as payments from checkouts k left join payments p on p.checkout_id = k.id
      group by k.id having (k.state = 'paid') <> (count(p.id) = 1) or count(p.id) > 1`,
    says: (row) => `Checkout ${row['id']} is ${row['state']} and has ${row['payments']} payments.`,
  },
  {
    rule: 'the parts of a checkout',
    query: `
      select k.id, k.amount_minor, sum(cb.amount_minor) as parts from checkouts k left join checkout_bills cb on cb.checkout_id = k.id
      group by k.id having coalesce(sum(cb.amount_minor), 0) <> k.amount_minor`,
    says: (row) => `Checkout ${row['id']} asks for ${row['amount_minor']}, and its bills for ${row['parts']}.`,
  },
  {
    rule: 'the outcome of a checkout',
    query: `
      select cb.checkout_id, cb.bill_id, k.state, coalesce(cb.outcome, 'none') as outcome from checkout_bills cb join checkouts k on k.id = cb.checkout_id
        left join payments p on p.checkout_id = k.id
        left join allocations a on a.payment_id = p.id and a.bill_id = cb.bill_id
        left join refunds r on r.payment_id = p.id and r.bill_id = cb.bill_id and not r.from_allocation and r.reason in ('paidTwice', 'billClosed')
      where (k.state in ('claimed', 'open')) <> (cb.outcome is null)
        or (cb.outcome = 'allocated' and (a.payment_id is null or r.id is not null))
        or (cb.outcome = 'refunded' and r.id is null)
        or (cb.outcome in ('held', 'credited') and not exists (select from excesses x where x.payment_id = p.id and x.bill_id = cb.bill_id))
        or (cb.outcome = 'released' and (r.id is not null or (a.payment_id is not null
          -- What was kept of the payment may have been given to the bill later.
          and not exists (select from excess_uses u join excesses x on x.id = u.excess_id where x.payment_id = p.id and u.bill_id = cb.bill_id))))`,
    says: (row) =>
      `Checkout ${row['checkout_id']} is ${row['state']} and says "${row['outcome']}" of bill ${row['bill_id']}, which its payment does not bear out.`,
  },
  {
    rule: 'uses of excess',
    query: `
      select x.id, x.used_minor, coalesce(sum(u.amount_minor), 0) as used from excesses x left join excess_uses u on u.excess_id = x.id
      group by x.id having x.used_minor <> coalesce(sum(u.amount_minor), 0)`,
    says: (row) => `Excess ${row['id']} says that ${row['used_minor']} of it were used, and its uses make ${row['used']}.`,
  },
  {
    rule: 'held money has an exception',
    query: `
      select x.id from excesses x left join exceptions e on e.kind = 'excessHeld' and e.subject_id = x.id and e.closed_at is null
      where x.kind = 'held' and (e.id is not null) <> (x.used_minor < x.amount_minor)`,
    says: (row) => `Held money ${row['id']} and its exception do not say the same.`,
  },
  {
    rule: 'times of a refund',
    query: `
      select id, state from refunds where (state = 'succeeded') <> (refunded_at is not null) or (state = 'succeeded') <> (reference is not null)
        or (state <> 'requested' and submitted_at is null) or (settled_at is not null and state <> 'succeeded')`,
    says: (row) => `Refund ${row['id']} is ${row['state']}, which its times and its reference do not bear out.`,
  },
  {
    rule: 'times of a payment',
    query: `select id, state from payments where (state = 'captured') = (settled_at is not null) and state in ('captured', 'settled')`,
    says: (row) => `Payment ${row['id']} is ${row['state']}, which its time of settlement does not bear out.`,
  },
]
