import { conflict } from '../../domain/errors.ts'
import { isFinalStatus } from '../../domain/states/bill.ts'
import type { Tx } from '../connection.ts'
import { type Wake, withBill } from '../unit/with-bills.ts'
import { send } from '../unit/transaction.ts'

export interface Order {
  readonly billId: string
  readonly reason: string
  /** Who gave it, for the log. */
  readonly actor: string
}

/**
 * Stops the bill's clocks (those that its policy lists) until it is resumed.
 * @throws GojiError `bill_closed`, `bill_paused` (conflict).
 */
export async function pauseBill(tx: Tx, order: Order, now: number): Promise<Wake[]> {
  const { wakes } = await withBill(tx, order.billId, now, async (held) => {
    if (isFinalStatus(held.bill.status)) throw conflict('bill_closed', `The bill is ${held.bill.status}; it has no clocks left to pause.`)
    if (held.bill.pauses.some(({ until }) => until === null)) throw conflict('bill_paused', 'The bill is paused already. Resume it first.')
    // The clocks of two machines may differ: a pause never reaches back into the one before.
    const from = Math.max(now, ...held.bill.pauses.map(({ until }) => until ?? 0))
    send(
      tx,
      tx`
      insert into pauses (bill_id, institution_id, seq, reason, from_at)
      values (${held.bill.id}, ${held.row.institution_id}, ${held.bill.pauses.length + 1}, ${order.reason}, ${from})`,
    )
    held.change({ pauses: [...held.bill.pauses, { from, until: null }] })
    held.log('paused', order.actor, { reason: order.reason })
    held.fact = { kind: 'paused', subjectId: null, occurredAt: now, line: 'every clock of the bill was paused' }
  })
  return wakes
}

/** Lets the clocks go on with exactly the time that was left. @throws GojiError `bill_not_paused` (conflict). */
export async function resumeBill(tx: Tx, order: Order, now: number): Promise<Wake[]> {
  const { wakes } = await withBill(tx, order.billId, now, async (held) => {
    const open = held.bill.pauses.find(({ until }) => until === null)
    if (!open) throw conflict('bill_not_paused', 'The bill is not paused.')
    const until = Math.max(now, open.from)
    send(tx, tx`update pauses set until_at = ${until} where bill_id = ${held.bill.id} and until_at is null`)
    held.change({ pauses: held.bill.pauses.map((pause) => (pause === open ? { ...pause, until } : pause)) })
    held.log('resumed', order.actor, { reason: order.reason })
    held.fact = { kind: 'resumed', subjectId: null, occurredAt: now, line: 'the clocks of the bill go on' }
  })
  return wakes
}
