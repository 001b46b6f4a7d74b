import { isPaused } from '../../domain/bill.ts'
import { conflict } from '../../domain/errors.ts'
import { isFinalStatus } from '../../domain/states/bill.ts'
import type { Tx } from '../connection.ts'
import { type Wake, withBill } from '../unit/with-bills.ts'
import { beginPause, endPause } from '../unit/pauses.ts'

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
    beginPause(tx, held, order.reason, now)
    held.log('paused', order.actor, { reason: order.reason })
    held.fact = { kind: 'paused', subjectId: null, occurredAt: now, line: 'every clock of the bill was paused' }
  })
  return wakes
}

/** Lets the clocks go on with exactly the time that was left. @throws GojiError `bill_not_paused`, `objection_open` (conflict). */
export async function resumeBill(tx: Tx, order: Order, now: number): Promise<Wake[]> {
  const { wakes } = await withBill(tx, order.billId, now, async (held) => {
    if (!isPaused(held.bill)) throw conflict('bill_not_paused', 'The bill is not paused.')
    if (held.objectionId !== null)
      throw conflict('objection_open', 'An objection to the bill is open. Decide it, or withdraw it, and the clocks go on.')
    endPause(tx, held, now)
    held.log('resumed', order.actor, { reason: order.reason })
    held.fact = { kind: 'resumed', subjectId: null, occurredAt: now, line: 'the clocks of the bill go on' }
  })
  return wakes
}
