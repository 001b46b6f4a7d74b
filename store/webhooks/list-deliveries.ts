import type { Queryable } from '../connection.ts'

export interface DeliveryRow {
  event_id: string
  type: string
  subject: string
  at: number
  position: bigint
  state: 'pending' | 'delivered' | 'givenUp'
  attempts: number
  due_at: number | null
  delivered_at: number | null
}

/** An endpoint's events and what became of them, the newest first. */
export const listDeliveries = (
  sql: Queryable,
  endpointId: string,
  page: { before: bigint | null; limit: number; state: DeliveryRow['state'] | undefined },
): Promise<DeliveryRow[]> =>
  sql<DeliveryRow[]>`
    select d.event_id, v.type, d.subject, v.at, d.position, d.state, d.attempts, d.due_at, d.delivered_at
    from webhook_deliveries d join events v on v.id = d.event_id
    where d.endpoint_id = ${endpointId} ${page.state === undefined ? sql`` : sql`and d.state = ${page.state}`}
      ${page.before === null ? sql`` : sql`and d.position < ${page.before}`}
    order by d.position desc limit ${page.limit}`

export interface AttemptRow {
  event_id: string
  type: string
  number: number
  at: number
  status: number | null
  ms: number | null
  error: string | null
  answer: string | null
}

/** The calls to an endpoint, the newest first. */
export const listAttempts = (
  sql: Queryable,
  endpointId: string,
  page: { before: { at: number; eventId: string; number: number } | null; limit: number; eventId: string | undefined },
): Promise<AttemptRow[]> =>
  sql<AttemptRow[]>`
    select a.event_id, v.type, a.number, a.at, a.status, a.ms, a.error, a.answer
    from webhook_attempts a join events v on v.id = a.event_id
    where a.endpoint_id = ${endpointId} ${page.eventId === undefined ? sql`` : sql`and a.event_id = ${page.eventId}`}
      ${page.before === null ? sql`` : sql`and (a.at, a.event_id, a.number) < (${page.before.at}, ${page.before.eventId}, ${page.before.number})`}
    order by a.at desc, a.event_id desc, a.number desc limit ${page.limit}`
