import { isPaused } from '../../domain/bill.ts'
import { conflict, invalid } from '../../domain/errors.ts'
import { isTooLateToObject } from '../../domain/objection.ts'
import { isPayable } from '../../domain/states/bill.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { beginPause } from '../unit/pauses.ts'
import { send } from '../unit/transaction.ts'
import { type Wake, withBill } from '../unit/with-bills.ts'

export interface NewObjection {
  readonly billId: string
  /** What the citizen says: personal, so it stands in a table of its own and nowhere else. */
  readonly text: string
  readonly byCitizen: boolean
  /** When the citizen objected (milliseconds), which may be before we heard of it. */
  readonly receivedAt: number
  readonly actor: string
}

/**
 * Records that the citizen objects, and stops the clocks that the policy lists until it is decided. A bill that is paused
 * already stays so, also afterwards.
 * @throws GojiError `objection_not_foreseen`, `objection_open`, `objection_late`, `bill_not_issued`, `bill_paid`,
 * `bill_closed` (conflict); `received_in_future` (invalid).
 */
export async function fileObjection(tx: Tx, input: NewObjection, now: number): Promise<{ objectionId: string; wakes: Wake[] }> {
  const objectionId = newId('obj', now)
  const { wakes } = await withBill(tx, input.billId, now, async (held) => {
    refuseUnless(held, input.receivedAt, now)
    const pauseSeq = isPaused(held.bill) ? null : beginPause(tx, held, 'objection', now)
    send(
      tx,
      tx`
      insert into objections (id, bill_id, institution_id, state, by_citizen, received_at, filed_at, pause_seq)
      values (${objectionId}, ${input.billId}, ${held.row.institution_id}, 'filed', ${input.byCitizen}, ${input.receivedAt}, ${now}, ${pauseSeq})`,
    )
    send(tx, tx`insert into objection_texts (objection_id, text) values (${objectionId}, ${input.text})`)
    held.objectionId = objectionId
    held.log('objected', input.actor, { objectionId })
    held.fact = {
      kind: 'objected',
      subjectId: objectionId,
      occurredAt: input.receivedAt,
      line: 'the citizen objects: the clocks stand still until it is decided',
    }
  })
  return { objectionId, wakes }
}

function refuseUnless({ bill, policy, objectionId }: HeldBill, receivedAt: number, now: number): void {
  if (bill.status === 'received') throw conflict('bill_not_issued', 'The bill is not issued yet. Cancel it, or wait.')
  if (bill.status === 'paid' || bill.status === 'settled') throw conflict('bill_paid', 'The bill is paid. Refund the payment instead.')
  if (!isPayable(bill.status)) throw conflict('bill_closed', `The bill is ${bill.status} already.`)
  if (policy.objection === undefined)
    throw conflict('objection_not_foreseen', 'The policy of this bill foresees no objection. Pause the bill, and cancel or amend it.')
  if (objectionId !== null) throw conflict('objection_open', 'An objection to the bill is open already. Decide that one first.')
  if (receivedAt > now) throw invalid('received_in_future', 'The objection cannot have come later than now.', '/receivedAt')
  if (isTooLateToObject(bill, policy, receivedAt))
    throw conflict('objection_late', 'The time in which the citizen may object to the bill is over.')
}
