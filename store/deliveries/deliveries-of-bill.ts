import type { DeliveryState } from '../../domain/states/delivery.ts'
import type { Queryable } from '../connection.ts'

export interface BillDelivery {
  id: string
  key: string
  purpose: 'notice' | 'reminder'
  channel: string
  state: DeliveryState
  failure_kind: 'temporary' | 'permanent' | 'technical' | null
  failure_code: string | null
  attempts: number
  possible_duplicate: boolean
  attempted_at: number
  accepted_at: number | null
  delivered_at: number | null
  read_at: number | null
  ended_at: number | null
}

export const deliveriesOfBill = (sql: Queryable, billId: string): Promise<BillDelivery[]> =>
  sql<BillDelivery[]>`
    select id, key, purpose, channel, state, failure_kind, failure_code, attempts, possible_duplicate, attempted_at, accepted_at, delivered_at, read_at, ended_at
    from deliveries where bill_id = ${billId} order by attempted_at, key`
