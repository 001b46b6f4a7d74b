import type { Sql } from '../connection.ts'
import { transaction } from '../unit/transaction.ts'

/** Events that get their place in one transaction. */
const BATCH = 2_000

/**
 * Gives every event that is committed and has no place yet the next ones in the feed, one caller at a time. Whoever sees
 * an event of a bill also sees those before it, as the bill's row lock let them commit first: so taking the visible ones
 * by their numbers keeps each bill's order, and nothing can ever come to lie before a place that somebody has read.
 */
export async function placeEvents(sql: Sql): Promise<void> {
  while (await hasUnplaced(sql)) await transaction(sql, placeBatch)
}

async function hasUnplaced(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ some: boolean }[]>`select exists (select from events where position is null) as some`
  return row?.some ?? false
}

async function placeBatch(tx: Parameters<Parameters<typeof transaction>[1]>[0]): Promise<void> {
  // A statement of its own: the next one sees all that was committed while this one waited.
  await tx`select last from event_feed for update`
  await tx`
    with unplaced as (
      select id, row_number() over (order by number) as step from (select id, number from events where position is null order by number limit ${BATCH}) taken),
    placed as (update events e set position = f.last + u.step from unplaced u, event_feed f where e.id = u.id returning e.id)
    update event_feed set last = last + (select count(*) from placed)`
}
