import type { Violation } from './violation.ts'

/** Payments, allocations and refunds that do not add up. */
export const payments: readonly Violation[] = [
  {
    what: 'a payment that is more than its parts',
    breaks: (cast) => [`update allocations set amount_minor = amount_minor - 1 where bill_id = '${cast.settled}'`],
    rule: 'payment_parts',
    id: () => /^pay_/,
  },
  {
    what: 'refunds above the payment',
    breaks: (cast) => [`update refunds set amount_minor = 30001 where id = '${cast.refund}'`],
    rule: 'refunds_within_payment',
    id: () => /^pay_/,
  },
  {
    what: 'a payment of a checkout that says it was not paid',
    breaks: (cast) => [`update checkouts set state = 'expired' where id = '${cast.paidCheckout}'`],
    rule: 'checkout_payment',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'a checkout that was paid twice',
    breaks: (cast) => [
      'alter table payments drop constraint payments_checkout_id_key',
      `insert into payments select (jsonb_populate_record(null::payments, to_jsonb(p) || '{"id": "pay_again", "reference": "again"}')).* from payments p where checkout_id = '${cast.paidCheckout}'`,
    ],
    rule: 'checkout_payment',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'a checkout that asks for more than its bills',
    breaks: (cast) => [`update checkouts set amount_minor = 30001 where id = '${cast.paidCheckout}'`],
    rule: 'checkout_parts',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'an outcome that nothing bears out',
    breaks: (cast) => [`update checkout_bills set outcome = 'refunded' where bill_id = '${cast.settled}'`],
    rule: 'checkout_outcome',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'an ended checkout without an outcome',
    breaks: (cast) => [`update checkout_bills set outcome = null where bill_id = '${cast.settled}'`],
    rule: 'checkout_outcome',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'a refund without its time',
    breaks: (cast) => [`update refunds set refunded_at = null where id = '${cast.refund}'`],
    rule: 'refund_times',
    id: (cast) => cast.refund,
  },
  {
    what: 'a settled payment without its time',
    breaks: () => [`update payments set settled_at = null`],
    rule: 'payment_times',
    id: () => /^pay_/,
  },
  {
    what: 'kept money that was used where nobody used it',
    breaks: (cast) => [`update excesses set used_minor = 1 where id = '${cast.excess}'`],
    rule: 'excess_used',
    id: (cast) => cast.excess,
  },
  {
    what: 'held money that nobody looks after',
    breaks: (cast) => [`update exceptions set closed_at = now() where subject_id = '${cast.excess}'`],
    rule: 'held_money_looked_after',
    id: (cast) => cast.excess,
  },
  {
    what: 'more given back of a bill than it took',
    breaks: (cast) => [`update refunds set from_allocation = true where id = '${cast.refund}'`],
    rule: 'refunds_within_allocation',
    id: (cast) => cast.cancelled,
  },
  {
    what: 'a refund without a route that nobody looks after',
    breaks: (cast) => [`update refunds set state = 'awaitingAccount' where id = '${cast.refund}'`],
    rule: 'refund_looked_after',
    id: (cast) => cast.refund,
  },
]
