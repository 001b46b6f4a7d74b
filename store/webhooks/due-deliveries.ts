import type { Queryable } from '../connection.ts'
import type { EventRow } from '../events/list-events.ts'

export interface DueDelivery extends Omit<EventRow, 'position'> {
  attempts: number
  first_attempt_at: number | null
}

const event = (sql: Queryable): ReturnType<Queryable> =>
  sql`v.id, v.type, v.at, v.bill_id, b.bill_number, v.subject, v.data, d.attempts, d.first_attempt_at`

/** What is to be delivered now, one event of each subject, the longest due first. */
export const dueDeliveries = (sql: Queryable, endpointId: string, page: { now: number; limit: number }): Promise<DueDelivery[]> =>
  sql<DueDelivery[]>`
    select ${event(sql)} from webhook_deliveries d join events v on v.id = d.event_id left join bills b on b.id = v.bill_id
    where d.endpoint_id = ${endpointId} and d.due_at <= ${page.now} order by d.due_at, d.position limit ${page.limit}`

/** What to ask an endpoint with that is down: the event with the fewest attempts, so that a wrong one does not decide. */
export const probeDelivery = (sql: Queryable, endpointId: string): Promise<DueDelivery[]> =>
  sql<DueDelivery[]>`
    select ${event(sql)} from webhook_deliveries d join events v on v.id = d.event_id left join bills b on b.id = v.bill_id
    where d.endpoint_id = ${endpointId} and d.due_at is not null order by d.attempts, d.position limit 1`

/** When the next delivery is due (milliseconds), or null where nothing waits. */
export async function nextDueAt(sql: Queryable, endpointId: string): Promise<number | null> {
  const [row] = await sql<{ at: number | null }[]>`
    select min(due_at) as at from webhook_deliveries where endpoint_id = ${endpointId} and due_at is not null`
  return row?.at ?? null
}
