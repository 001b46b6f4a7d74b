import { conflict, invalid } from '../../domain/errors.ts'
import { citizenExtension } from '../../domain/citizen-extension.ts'
import { dueIfResumed } from '../../domain/moved-due.ts'
import { isPayable } from '../../domain/states/bill.ts'
import type { Tx } from '../connection.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { send } from '../unit/transaction.ts'
import { type Wake, withBill } from '../unit/with-bills.ts'
import { moveDue } from './move-due.ts'
import type { Order } from './pause-bill.ts'
import { payInFull } from './pay-in-full.ts'

/**
 * Moves the due date later, and with it whatever counts from it. It is never moved earlier.
 * @throws GojiError `bill_closed`, `bill_paid`, `bill_asks_nothing`, `due_date_unknown` (conflict); `due_date_not_later`,
 * `due_date_past` (invalid).
 */
export async function extendBill(tx: Tx, order: Order & { readonly dueDate: string }, now: number): Promise<Wake[]> {
  const { wakes } = await withBill(tx, order.billId, now, async (held) => {
    refuseUnless(held)
    const before = dueIfResumed(held.bill, held.policy, now)
    if (before === null) {
      throw conflict('due_date_unknown', 'The due date counts from the proof of service, which is not there yet: there is none to move.')
    }
    await extend(tx, held, { dueDate: order.dueDate, reason: order.reason, actor: order.actor }, now)
    const after = dueIfResumed(held.bill, held.policy, now)
    if (after === null || after <= before) {
      throw invalid('due_date_not_later', 'An extension moves the due date later. Amend the bill to correct it otherwise.', '/dueDate')
    }
  })
  return wakes
}

/**
 * Grants a citizen what the policy allows everybody, at once.
 * @throws GojiError `extension_not_offered` (conflict) where it allows none now, or another date than the one that was shown.
 */
export async function extendForCitizen(tx: Tx, order: { readonly billId: string; readonly dueDate: string }, now: number): Promise<Wake[]> {
  const { wakes } = await withBill(tx, order.billId, now, async (held) => {
    const [row] = await tx<
      { granted: number }[]
    >`select count(*)::int as granted from extensions where bill_id = ${order.billId} and by_citizen`
    if (citizenExtension(held.bill, held.policy, row?.granted ?? 0, now) !== order.dueDate)
      throw conflict('extension_not_offered', 'No later due date can be had for this bill now. Ask the institution.')
    await extend(tx, held, { dueDate: order.dueDate, reason: null, actor: 'citizen' }, now)
  })
  return wakes
}

/** `reason` null: the citizen asked for it. */
async function extend(
  tx: Tx,
  held: HeldBill,
  order: { dueDate: string; reason: string | null; actor: string },
  now: number,
): Promise<void> {
  const { dueDate, reason, actor } = order
  const before = await moveDue(tx, held, dueDate, now)
  payInFull(held)
  send(
    tx,
    tx`
    insert into extensions (bill_id, institution_id, seq, due_date, due_before, reason, by_citizen, actor, at)
    select ${held.bill.id}, ${held.row.institution_id}, coalesce(max(seq), 0) + 1, ${dueDate}, ${before}, ${reason}, ${reason === null}, ${actor}, ${now}
    from extensions where bill_id = ${held.bill.id}`,
  )
  held.log('extended', actor, { dueDate, ...(reason === null ? {} : { reason }) })
  held.fact = { kind: 'extended', subjectId: null, occurredAt: now, line: `the due date moved to ${dueDate}` }
}

function refuseUnless({ bill }: HeldBill): void {
  if (bill.status === 'paid' || bill.status === 'settled') throw conflict('bill_paid', 'The bill is paid: nothing is due on it.')
  if (bill.status !== 'received' && !isPayable(bill.status))
    throw conflict('bill_closed', `The bill is ${bill.status}: nothing is due on it any more.`)
  if (!bill.asksMoney) throw conflict('bill_asks_nothing', 'The bill asks for no money, so it has no due date.')
}
