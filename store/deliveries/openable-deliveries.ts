import type { Queryable } from '../connection.ts'

/** Deliveries that the opening of a bill's page proves to be read and that are not known to be: those on `channel`, and `deliveryId`. */
export const openableDeliveries = (
  sql: Queryable,
  billId: string,
  by: { channel: string | null; deliveryId: string | null },
): Promise<{ id: string; reference: string | null }[]> =>
  sql<{ id: string; reference: string | null }[]>`
    select id, reference from deliveries
    where bill_id = ${billId} and state <> 'read' and (channel = ${by.channel} or id = ${by.deliveryId}) order by id`
