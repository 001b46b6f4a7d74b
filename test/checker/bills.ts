import type { QueryRule } from './finding.ts'

const OWED = 'b.charged_minor - (b.paid_minor - b.refunded_minor) - b.written_off_minor - b.cancelled_minor'
const FINAL = `('settled', 'cancelled', 'writtenOff', 'handedBack', 'concluded')`

const children = (name: string, query: string): string => `coalesce((select sum(${query}), 0) as ${name}`

/** Every sum on a bill's row beside the rows that it is the sum of. */
const SUMS = `
  select b.id, b.charged_minor, b.surcharged_minor, b.reduced_minor, b.paid_minor, b.refunded_minor, b.written_off_minor, b.cancelled_minor, b.settled_minor, b.refund_settled_minor,
    ${children('charged', `case when kind in ('reduction', 'surchargeTakenBack', 'decrease') then -amount_minor else amount_minor end) from charges c where c.bill_id = b.id and kind not in ('writeOff', 'cancellation')`)},
    ${children('surcharged', `case when kind = 'surcharge' then amount_minor else -amount_minor end) from charges c where c.bill_id = b.id and kind in ('surcharge', 'surchargeTakenBack')`)},
    ${children('reduced', `amount_minor) from charges c where c.bill_id = b.id and kind = 'reduction'`)},
    ${children('written_off', `amount_minor) from charges c where c.bill_id = b.id and kind = 'writeOff'`)},
    ${children('cancelled', `amount_minor) from charges c where c.bill_id = b.id and kind = 'cancellation'`)},
    ${children('paid', `amount_minor) from allocations a where a.bill_id = b.id`)},
    ${children('refunded', `amount_minor) from refunds r where r.bill_id = b.id and from_allocation and state = 'succeeded'`)},
    ${children('settled_in', `a.amount_minor) from allocations a join payments p on p.id = a.payment_id where a.bill_id = b.id and p.settled_at is not null`)},
    ${children('settled_out', `amount_minor) from refunds r where r.bill_id = b.id and from_allocation and settled_at is not null`)}
  from bills b`

export const billRules: readonly QueryRule[] = [
  ...(['charged', 'surcharged', 'reduced', 'paid', 'refunded', 'written_off', 'cancelled'] as const).map((name): QueryRule => ({
    rule: `sum of ${name}`,
    query: `select id, ${name}_minor, ${name} from (${SUMS}) s where ${name}_minor <> ${name}`,
    says: (row) => `Bill ${row['id']} has ${row[`${name}_minor`]} as its sum of ${name}, and its rows sum to ${row[name]}.`,
  })),
  {
    rule: 'sum of settled',
    query: `select id, settled_minor, settled_in - settled_out as settled from (${SUMS}) s where settled_minor <> settled_in - settled_out`,
    says: (row) =>
      `Bill ${row['id']} has ${row['settled_minor']} as its sum of settled, and its settled payments and refunds make ${row['settled']}.`,
  },
  {
    rule: 'sum of settled refunds',
    query: `select id, refund_settled_minor, settled_out from (${SUMS}) s where refund_settled_minor <> settled_out`,
    says: (row) =>
      `Bill ${row['id']} has ${row['refund_settled_minor']} as its sum of settled refunds, and its refunds make ${row['settled_out']}.`,
  },
  {
    rule: 'status and debt',
    query: `
      select b.id, b.status, ${OWED} as owed from bills b
      where (${OWED} < 0) or (b.status in ('cancelled', 'writtenOff') and ${OWED} <> 0)
        or (b.status in ('paid', 'settled') and ${OWED} <> 0)
        or (b.asks_money and b.status in ('received', 'issued', 'delivered', 'overdue', 'handedBack') and ${OWED} = 0)
        or (not b.asks_money and b.charged_minor <> 0)`,
    says: (row) => `Bill ${row['id']} is ${row['status']} and owes ${row['owed']}.`,
  },
  {
    rule: 'settled means settled',
    query: `select id, settled_minor, paid_minor - refunded_minor as kept from bills where status = 'settled' and settled_minor + refund_settled_minor < paid_minor`,
    says: (row) => `Bill ${row['id']} is settled, but of ${row['kept']} only ${row['settled_minor']} came in a settlement.`,
  },
  {
    rule: 'stage',
    query: `
      select b.id, b.status, b.stage from bills b
      where (b.stage = 'closed') <> (b.status in ${FINAL} and not exists (select from refunds r where r.bill_id = b.id and r.state in ('requested', 'submitted')))
        -- One whose refund waits for an account is asked for it first.
        and not (b.stage = 'refund' and exists (select from refunds r where r.bill_id = b.id and r.state = 'awaitingAccount'))`,
    says: (row) => `Bill ${row['id']} is ${row['status']} and its stage is ${row['stage']}.`,
  },
  {
    rule: 'claims',
    query: `
      select b.id, b.checkout_id, coalesce(k.state, 'not there') as state from bills b left join checkouts k on k.id = b.checkout_id
      where b.checkout_id is not null and (k.state not in ('claimed', 'open')
        or not exists (select from checkout_bills cb where cb.checkout_id = b.checkout_id and cb.bill_id = b.id))`,
    says: (row) =>
      `Bill ${row['id']} is held by checkout ${row['checkout_id']}, which is ${row['state']} or is not a checkout of this bill.`,
  },
  {
    rule: 'claims',
    query: `
      select cb.bill_id, cb.checkout_id from checkout_bills cb join checkouts k on k.id = cb.checkout_id join bills b on b.id = cb.bill_id
      where k.state in ('claimed', 'open') and b.checkout_id is distinct from k.id`,
    says: (row) => `Checkout ${row['checkout_id']} is open and does not hold its bill ${row['bill_id']}.`,
  },
  {
    rule: 'facts',
    query: `select id, bill_id, kind from facts where applied_at is null`,
    says: (row) => `Fact ${row['id']} (${row['kind']}) of bill ${row['bill_id']} was never applied.`,
  },
  {
    rule: 'one currency',
    query: `
      select b.id, b.currency, p.currency as other from bills b join allocations a on a.bill_id = b.id join payments p on p.id = a.payment_id where p.currency <> b.currency
      union select b.id, b.currency, k.currency from bills b join checkout_bills cb on cb.bill_id = b.id join checkouts k on k.id = cb.checkout_id where k.currency <> b.currency
      union select b.id, p.currency, r.currency from refunds r join bills b on b.id = r.bill_id join payments p on p.id = r.payment_id where r.currency <> p.currency`,
    says: (row) => `Bill ${row['id']} is in ${row['currency']} and has money in ${row['other']}.`,
  },
  {
    rule: 'one institution',
    query: `
      select e.bill_id, e.transaction_id, e.holder, b.institution_id from ledger_entries e join bills b on b.id = e.bill_id
      where e.account = 'payable' and e.holder <> b.institution_id`,
    says: (row) =>
      `Ledger transaction ${row['transaction_id']} owes ${row['holder']} what was paid on bill ${row['bill_id']} of ${row['institution_id']}.`,
  },
  {
    rule: 'one citizen',
    query: `
      select k.id, cb.bill_id from checkouts k join checkout_bills cb on cb.checkout_id = k.id join bills b on b.id = cb.bill_id where b.citizen_id <> k.citizen_id`,
    says: (row) => `Checkout ${row['id']} pays bill ${row['bill_id']}, which is somebody else's.`,
  },
  {
    rule: 'exceptions',
    query: `
      select e.subject_id, e.id as exception_id, b.status from exceptions e join bills b on b.id = e.bill_id
      where e.kind = 'settlementLate' and e.closed_at is null and b.status <> 'paid'`,
    says: (row) => `Bill ${row['subject_id']} is ${row['status']}, but exception ${row['exception_id']} still waits for its settlement.`,
  },
]

/** Only where everything has had time to end. */
export const finalRules: readonly QueryRule[] = [
  {
    rule: 'final',
    query: `select id, status, stage from bills where status not in ${FINAL} or stage <> 'closed'`,
    says: (row) => `Bill ${row['id']} is not final: it is ${row['status']}, in stage ${row['stage']}.`,
  },
  {
    rule: 'final',
    query: `select id, state from checkouts where state in ('claimed', 'open')`,
    says: (row) => `Checkout ${row['id']} is still ${row['state']}.`,
  },
  {
    rule: 'final',
    query: `select id, state from refunds where state in ('requested', 'submitted')`,
    says: (row) => `Refund ${row['id']} is still ${row['state']}.`,
  },
  {
    rule: 'final',
    query: `select id, name from statements where state <> 'posted'`,
    says: (row) => `Statement ${row['id']} (${row['name']}) is not posted.`,
  },
]
