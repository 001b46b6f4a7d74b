import { isPayable } from '../../domain/states/bill.ts'
import { objectionMachine } from '../../domain/states/objection.ts'
import { transition } from '../../domain/states/table.ts'
import type { Tx } from '../connection.ts'
import type { HeldBill } from './held-bill.ts'
import { endPause, isOpenPause } from './pauses.ts'
import { send } from './transaction.ts'

/**
 * Ends an objection that is still open on a bill which has come to an end itself, by whatever way: paid, cancelled, given
 * up, handed back. There is nothing left to decide, and it says why; the pause that it began ends with it.
 */
export function overtakeObjection(tx: Tx, held: HeldBill, now: number): void {
  const { objectionId, bill } = held
  if (objectionId === null || isPayable(bill.status)) return
  send(
    tx,
    tx`
    update objections set state = ${transition(objectionMachine, 'filed', 'overtake')}, reason = ${bill.status}, decided_by = 'engine', decided_at = ${now}
    where id = ${objectionId}`,
  )
  if (isOpenPause(held, held.row.objection_pause)) endPause(tx, held, now)
  held.objectionId = null
  held.log('objectionOvertaken', 'engine', { objectionId, because: bill.status })
}
