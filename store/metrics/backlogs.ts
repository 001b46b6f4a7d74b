import type { Queryable } from '../connection.ts'

/** What should move and is counted while it does not. Each is found by a small index of what is open. */
export const BACKLOGS = [
  'unappliedFacts',
  'oversleptBills',
  'overdueCheckouts',
  'refundsUnderWay',
  'statementsNotPosted',
  'webhooksOverdue',
  'webhookEndpointsDown',
  'batchesRunning',
] as const

export interface Backlog {
  name: (typeof BACKLOGS)[number]
  items: number
  /** Milliseconds; null where there is nothing. */
  oldest: number | null
}

/** Nobody needs to know how far above: counting on would cost the database most when it has least to spare. */
export const COUNTED_MAX = 10_000
/** A run gets this long past its own timer, a checkout past its end and a webhook past its turn. */
const GRACE_MS = 60_000

/** Sizes, up to a bound, and ages. The ages are exact. `now` is in milliseconds. */
export const readBacklogs = (sql: Queryable, now: number): Promise<Backlog[]> => {
  const late = now - GRACE_MS
  const max = COUNTED_MAX
  return sql<Backlog[]>`
    select 'unappliedFacts' as name, count(*)::int as items, min(at) as oldest
      from (select recorded_at as at from facts where applied_at is null order by recorded_at limit ${max}) x
    union all select 'oversleptBills', count(*)::int, min(at)
      from (select wake_at as at from bills where stage <> 'closed' and wake_at is not null and wake_at < ${late} order by wake_at limit ${max}) x
    union all select 'overdueCheckouts', count(*)::int, min(at)
      from (select expires_at as at from checkouts where ended_at is null and expires_at < ${late} order by expires_at limit ${max}) x
    union all select 'refundsUnderWay', count(*)::int, min(at)
      from (select requested_at as at from refunds where state in ('requested', 'submitted') order by requested_at limit ${max}) x
    union all select 'statementsNotPosted', count(*)::int, min(at)
      from (select received_at as at from statements where state = 'received' order by received_at limit ${max}) x
    union all select 'webhooksOverdue', coalesce(sum(items), 0)::int, min(at) from webhook_endpoints e cross join lateral (
      select count(*) as items, min(due_at) as at from (
        select d.due_at from webhook_deliveries d where d.endpoint_id = e.id and d.due_at < ${late} order by d.due_at limit ${max}) y) x
      where e.state = 'enabled' and e.down_since is null
    union all select 'webhookEndpointsDown', count(*)::int, min(down_since) from webhook_endpoints where state = 'enabled' and down_since is not null
    union all select 'batchesRunning', count(*)::int, min(progress_at) from batches where state in ('issuing', 'undoing')`
}
