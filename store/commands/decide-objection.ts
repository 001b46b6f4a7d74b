import { principalMinor } from '../../domain/bill.ts'
import { conflict, invalid, notFound } from '../../domain/errors.ts'
import type { Money } from '../../domain/money.ts'
import { type ObjectionEvent, objectionMachine, type ObjectionState } from '../../domain/states/objection.ts'
import { allows, transition } from '../../domain/states/table.ts'
import type { Tx } from '../connection.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { endPause, isOpenPause } from '../unit/pauses.ts'
import { send } from '../unit/transaction.ts'
import { type Wake, withBill } from '../unit/with-bills.ts'
import { amend } from './amend-bill.ts'
import { creditWakes } from './credit-wakes.ts'
import { drop } from './drop-charge.ts'

export const OUTCOMES = ['upheld', 'partly', 'dismissed', 'withdrawn'] as const
export type Outcome = (typeof OUTCOMES)[number]

const EVENTS: Readonly<Record<Outcome, ObjectionEvent>> = {
  upheld: 'uphold',
  partly: 'upholdPartly',
  dismissed: 'dismiss',
  withdrawn: 'withdraw',
}

export interface Decision {
  readonly objectionId: string
  readonly outcome: Outcome
  /** Null where the citizen withdraws it. */
  readonly reason: string | null
  /** What the bill asks for from now on; with `partly` and nothing else. */
  readonly amount?: Money | undefined
  readonly actor: string
}

/**
 * Decides an open objection: `upheld` cancels what is owed, `partly` lowers the amount and serves the bill anew, `dismissed`
 * and `withdrawn` leave it as it is. The clocks go on with exactly the time that was left.
 * @throws GojiError `objection_not_found`; `objection_decided` (conflict); `amount_missing`, `amount_not_wanted`,
 * `amount_not_lower` (invalid), and what `amendBill` refuses.
 */
export async function decideObjection(tx: Tx, decision: Decision, now: number): Promise<Wake[]> {
  const { objectionId, outcome, reason, actor } = decision
  const [found] = await tx<{ bill_id: string }[]>`select bill_id from objections where id = ${objectionId}`
  if (!found) throw notFound('objection')
  const { wakes } = await withBill(tx, found.bill_id, now, async (held) => {
    const [row] = await tx<{ state: ObjectionState; pause_seq: number | null }[]>`
      select state, pause_seq from objections where id = ${objectionId} for update`
    const event = EVENTS[outcome]
    if (!row || !allows(objectionMachine, row.state, event))
      throw conflict('objection_decided', `The objection is ${row?.state ?? 'gone'} already.`)
    refuseAmount(held, decision)
    if (isOpenPause(held, row.pause_seq)) endPause(tx, held, now)
    held.objectionId = null
    send(
      tx,
      tx`
      update objections set state = ${transition(objectionMachine, row.state, event)}, reason = ${reason}, amount_minor = ${decision.amount?.minor ?? null},
        decided_by = ${actor}, decided_at = ${now}
      where id = ${objectionId}`,
    )
    const order = { reason: reason ?? '', actor }
    if (outcome === 'upheld') drop(tx, held, order, 'cancel', now)
    if (outcome === 'partly') await amend(tx, held, { ...order, amount: decision.amount }, now)
    held.log('objectionDecided', actor, { objectionId, outcome, ...(reason === null ? {} : { reason }) })
    held.fact = {
      kind: 'objectionDecided',
      subjectId: objectionId,
      occurredAt: now,
      line: `the objection was ${outcome === 'partly' ? 'upheld in part' : outcome}`,
    }
  })
  return outcome === 'partly' ? [...wakes, ...(await creditWakes(tx, found.bill_id))] : wakes
}

function refuseAmount({ bill }: HeldBill, { outcome, amount }: Decision): void {
  if (outcome !== 'partly') {
    if (amount !== undefined) throw invalid('amount_not_wanted', 'Only an objection that is upheld in part sets another amount.', '/amount')
    return
  }
  if (amount === undefined) throw invalid('amount_missing', 'Say what the bill asks for from now on.', '/amount')
  if (amount.currency === bill.currency && amount.minor >= principalMinor(bill))
    throw invalid('amount_not_lower', 'An objection that is upheld in part lowers the amount.', '/amount/amount')
}
