import type { Queryable, Tx } from '../connection.ts'
import type { BillRow } from './bill-row.ts'
import { oneOf } from './one-of.ts'
import { send } from './transaction.ts'

/**
 * Locks bills in the order of their ids: everyone does, so two checkouts over the same bills wait for each other instead
 * of deadlocking. A statement of its own, because one that waits for a lock goes on with the children it saw before it
 * waited: whoever reads in the next statement sees what the other transaction did.
 */
export function lockBills(tx: Tx, ids: readonly string[]): void {
  send(tx, tx`select id from bills b where ${oneOf(tx, 'b.id', ids)} order by id for update`)
}

/** Bills with what the plan needs of their children, in the order of their ids. */
export function selectBills(sql: Queryable, ids: readonly string[]): Promise<BillRow[]> {
  return sql<BillRow[]>`
    select b.id, b.institution_id, b.citizen_id, b.policy_id, b.bill_number, b.mode, b.currency, b.asks_money, b.status, b.issue_at, b.issued_at,
      b.due_date, b.due_fixed_at, b.due_revision, b.valid_until, b.revision, b.notice_revision, b.notices_from, b.charged_minor, b.surcharged_minor, b.reduced_minor, b.surcharges, b.paid_minor, b.refunded_minor, b.written_off_minor, b.cancelled_minor, b.settled_minor, b.refund_settled_minor, b.fees_minor, b.paid_at,
      b.checkout_id, b.checkout_stale, b.objection_id,
      (select pause_seq from objections o where o.id = b.objection_id) as objection_pause, b.settlement_asks, b.exception_open, b.stage, b.due_at, b.wake_at, b.log_seq, b.log_hash,
      c.preferred_channels, c.zone as citizen_zone,
      (select coalesce(sum(e.amount_minor - e.used_minor), 0)::bigint from excesses e
        where e.kind = 'credit' and e.used_minor < e.amount_minor and e.citizen_id = b.citizen_id and e.institution_id = b.institution_id
          and e.currency = b.currency and e.mode = b.mode) as credit_minor,
      array(select channel from citizen_contacts a where a.citizen_id = b.citizen_id and a.returned_at is null) as addressed_channels,
      coalesce((select json_agg(json_build_object('from', (extract(epoch from p.from_at) * 1000)::bigint, 'until', (extract(epoch from p.until_at) * 1000)::bigint) order by p.seq)
        from pauses p where p.bill_id = b.id), '[]') as pauses,
      coalesce((select json_agg(json_build_object('key', d.key, 'purpose', d.purpose, 'channel', d.channel, 'state', d.state,
          'attemptedAt', (extract(epoch from d.attempted_at) * 1000)::bigint, 'acceptedAt', (extract(epoch from d.accepted_at) * 1000)::bigint,
          'deliveredAt', (extract(epoch from d.delivered_at) * 1000)::bigint, 'readAt', (extract(epoch from d.read_at) * 1000)::bigint,
          'endedAt', (extract(epoch from d.ended_at) * 1000)::bigint, 'recallAsked', d.recall_asked, 'returnReason', d.return_reason,
          'resendAt', (extract(epoch from d.resend_at) * 1000)::bigint, 'taskOpened', d.task_opened) order by d.attempted_at, d.key)
        from deliveries d where d.bill_id = b.id), '[]') as deliveries,
      coalesce((select json_agg(json_build_object('id', r.id, 'state', r.state, 'attempt', r.attempt) order by r.requested_at, r.id) from refunds r where r.bill_id = b.id), '[]') as refunds
    from bills b join citizens c on c.id = b.citizen_id where ${oneOf(sql, 'b.id', ids)} order by b.id`
}
