import type { Tx } from '../connection.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { send } from '../unit/transaction.ts'

export interface NewCharge {
  readonly kind: 'increase' | 'decrease' | 'surcharge' | 'surchargeTakenBack' | 'reduction' | 'writeOff' | 'cancellation'
  /** Above zero, in minor units. */
  readonly minor: bigint
  readonly reason?: string
  /** Of a surcharge: what it was taken of, and the moment (milliseconds) from which a payment was too late. */
  readonly percent?: string
  readonly baseMinor?: bigint
  readonly countsAt?: number
  /** Number of the surcharge's row that is taken back. */
  readonly takesBack?: number
}

/** Adds a row to what a held bill is charged; the sums on the bill are the caller's to change. `now` is in milliseconds. */
export function insertCharge(tx: Tx, { bill, row }: HeldBill, charge: NewCharge, now: number): void {
  const { kind, minor, reason = null, percent = null, baseMinor = null, countsAt = null, takesBack = null } = charge
  send(
    tx,
    tx`
    insert into charges (bill_id, institution_id, seq, kind, amount_minor, reason, at, percent, base_minor, counts_at, takes_back)
    select ${bill.id}, ${row.institution_id}, coalesce(max(seq), 0) + 1, ${kind}, ${minor}, ${reason}, ${now}, ${percent}, ${baseMinor}, ${countsAt}, ${takesBack}
    from charges where bill_id = ${bill.id}`,
  )
}
