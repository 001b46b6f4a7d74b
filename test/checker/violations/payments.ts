import type { Violation } from './violation.ts'

/** Payments, allocations and refunds that do not add up. */
export const payments: readonly Violation[] = [
  {
    what: 'a payment that is more than its parts',
    breaks: (cast) => [`update allocations set amount_minor = amount_minor - 1 where bill_id = '${cast.settled}'`],
    rule: 'a payment is all of its parts',
    id: () => /^pay_/,
  },
  {
    what: 'refunds above the payment',
    breaks: (cast) => [`update refunds set amount_minor = 30001 where id = '${cast.refund}'`],
    rule: 'refunds within the payment',
    id: () => /^pay_/,
  },
  {
    what: 'a payment of a checkout that says it was not paid',
    breaks: (cast) => [`update checkouts set state = 'expired' where id = '${cast.paidCheckout}'`],
    rule: 'a paid checkout has one payment',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'a checkout that was paid twice',
    breaks: (cast) => [
      'alter table payments drop constraint payments_checkout_id_key',
      `insert into payments select (jsonb_populate_record(null::payments, to_jsonb(p) || '{"id": "pay_again", "reference": "again"}')).* from payments p where checkout_id = '${cast.paidCheckout}'`,
    ],
    rule: 'a paid checkout has one payment',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'a checkout that asks for more than its bills',
    breaks: (cast) => [`update checkouts set amount_minor = 30001 where id = '${cast.paidCheckout}'`],
    rule: 'the parts of a checkout',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'an outcome that nothing bears out',
    breaks: (cast) => [`update checkout_bills set outcome = 'refunded' where bill_id = '${cast.settled}'`],
    rule: 'the outcome of a checkout',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'an ended checkout without an outcome',
    breaks: (cast) => [`update checkout_bills set outcome = null where bill_id = '${cast.settled}'`],
    rule: 'the outcome of a checkout',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'a refund without its time',
    breaks: (cast) => [`update refunds set refunded_at = null where id = '${cast.refund}'`],
    rule: 'times of a refund',
    id: (cast) => cast.refund,
  },
  {
    what: 'a settled payment without its time',
    breaks: () => [`update payments set settled_at = null`],
    rule: 'times of a payment',
    id: () => /^pay_/,
  },
  {
    what: 'kept money that was used where nobody used it',
    breaks: (cast) => [`update excesses set used_minor = 1 where id = '${cast.excess}'`],
    rule: 'uses of excess',
    id: (cast) => cast.excess,
  },
  {
    what: 'held money that nobody looks after',
    breaks: (cast) => [`update exceptions set closed_at = now() where subject_id = '${cast.excess}'`],
    rule: 'held money has an exception',
    id: (cast) => cast.excess,
  },
]
