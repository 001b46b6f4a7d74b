import type { Cast } from '../world.ts'
import type { Violation } from './violation.ts'

const ofBill =
  (table: string, column: string, change: string) =>
  (cast: Cast): string[] => [`update ${table} set ${change} where ${column} = '${cast.settled}'`]

/** A bill, its checkout or its exceptions that say something else than their rows. */
export const bills: readonly Violation[] = [
  {
    what: 'a charge that the bill does not know',
    breaks: ofBill('charges', 'bill_id', 'amount_minor = amount_minor + 1'),
    rule: 'bill_sums',
    says: /sum of charged,/,
    id: (cast) => cast.settled,
  },
  {
    what: 'a paid sum without its allocation',
    // A bill that still owes: no constraint of the schema refuses a sum of paid that is too high there.
    breaks: (cast) => [`update bills set paid_minor = 1 where id = '${cast.open}'`],
    rule: 'bill_sums',
    says: /sum of paid,/,
    id: (cast) => cast.open,
  },
  {
    what: 'a refund that was never made',
    breaks: ofBill('bills', 'id', 'refunded_minor = 1'),
    rule: 'bill_sums',
    says: /sum of refunded,/,
    id: (cast) => cast.settled,
  },
  {
    what: 'a write-off without its row',
    breaks: (cast) => [`delete from charges where bill_id = '${cast.writtenOff}' and kind = 'writeOff'`],
    rule: 'bill_sums',
    says: /sum of written off,/,
    id: (cast) => cast.writtenOff,
  },
  {
    what: 'a cancellation of another amount',
    breaks: (cast) => [`update charges set amount_minor = 1 where bill_id = '${cast.cancelled}' and kind = 'cancellation'`],
    rule: 'bill_sums',
    says: /sum of cancelled,/,
    id: (cast) => cast.cancelled,
  },
  {
    what: 'a settled sum without settlement',
    breaks: ofBill('bills', 'id', 'settled_minor = settled_minor - 1'),
    rule: 'bill_sums',
    says: /sum of settled,/,
    id: (cast) => cast.settled,
  },
  {
    what: 'a settled bill that is not',
    breaks: ofBill('bills', 'id', 'settled_minor = 0'),
    rule: 'bill_settled',
    id: (cast) => cast.settled,
  },
  {
    what: 'a status that the debt contradicts',
    breaks: (cast) => [`update bills set status = 'paid' where id = '${cast.open}'`],
    rule: 'bill_debt',
    id: (cast) => cast.open,
  },
  {
    what: 'a stage that the status contradicts',
    breaks: ofBill('bills', 'id', `stage = 'pay'`),
    rule: 'bill_stage',
    id: (cast) => cast.settled,
  },
  {
    what: 'a claim by a checkout that has ended',
    breaks: (cast) => [`update bills set checkout_id = '${cast.paidCheckout}' where id = '${cast.settled}'`],
    rule: 'bill_claims',
    id: (cast) => cast.settled,
  },
  {
    what: 'an open checkout without its claim',
    breaks: (cast) => [`update bills set checkout_id = null where id = '${cast.open}'`],
    rule: 'bill_claims',
    id: (cast) => cast.open,
  },
  {
    what: 'a fact that no run read',
    breaks: (cast) => [`update facts set applied_at = null where bill_id = '${cast.settled}' and kind = 'billCreated'`],
    rule: 'facts_applied',
    id: () => /^fct_/,
  },
  {
    what: 'a payment in another currency',
    breaks: () => [`update payments set currency = 'GBP'`],
    rule: 'one_currency',
    id: (cast) => cast.settled,
  },
  {
    what: 'money owed to the wrong institution',
    breaks: (cast) => [`update ledger_entries set holder = '${cast.other}' where bill_id = '${cast.settled}' and account = 'payable'`],
    rule: 'one_institution',
    id: (cast) => cast.settled,
  },
  {
    what: 'a checkout over somebody else’s bill',
    breaks: (cast) => [
      `update bills set citizen_id = (select citizen_id from bills where id = '${cast.writtenOff}') where id = '${cast.settled}'`,
    ],
    rule: 'one_citizen',
    id: (cast) => cast.paidCheckout,
  },
  {
    what: 'an exception that waits for what has come',
    breaks: (cast) => [
      `insert into exceptions (id, bill_id, institution_id, kind, subject_id, owner, opened_at) values ('exc_1', '${cast.settled}', '${cast.institution}', 'settlementLate', '${cast.settled}', 'operations', now())`,
    ],
    rule: 'exceptions_current',
    id: (cast) => cast.settled,
  },
  { what: 'a bill that never ends', final: true, rule: 'everything_ended', id: (cast) => cast.open },
  { what: 'a checkout that never ends', final: true, rule: 'everything_ended', id: (cast) => cast.openCheckout },
  {
    what: 'a refund that never ends',
    breaks: (cast) => [`update refunds set state = 'submitted' where id = '${cast.refund}'`],
    final: true,
    rule: 'everything_ended',
    id: (cast) => cast.refund,
  },
  {
    what: 'a statement that was left half posted',
    breaks: () => [`update statements set state = 'received'`],
    final: true,
    rule: 'everything_ended',
    id: () => /^stm_/,
  },
  {
    what: 'a bill whose settled refunds no refund bears out',
    breaks: (cast) => [`update bills set refund_settled_minor = 1, refunded_minor = 1 where id = '${cast.settled}'`],
    rule: 'bill_sums',
    says: /sum of settled refunds,/,
    id: (cast) => cast.settled,
  },
]
