import type { Currency } from '../../domain/currencies.ts'
import type { ReturnReason } from '../../domain/return-reason.ts'
import type { DeliveryPurpose } from '../../domain/bill.ts'
import type { DeliveryState } from '../../domain/states/delivery.ts'
import type { Queryable } from '../connection.ts'

export interface BillDelivery {
  id: string
  key: string
  purpose: DeliveryPurpose
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
  return_reason: ReturnReason | null
  cost_minor: bigint | null
  currency: Currency
}

export const deliveriesOfBill = (sql: Queryable, billId: string): Promise<BillDelivery[]> =>
  sql<BillDelivery[]>`
    select d.id, d.key, d.purpose, d.channel, d.state, d.failure_kind, d.failure_code, d.attempts, d.possible_duplicate, d.attempted_at, d.accepted_at, d.delivered_at,
      d.read_at, d.ended_at, d.return_reason, d.cost_minor, b.currency
    from deliveries d join bills b on b.id = d.bill_id where d.bill_id = ${billId} order by d.attempted_at, d.key`
