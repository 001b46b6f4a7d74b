import type { Step } from '../../domain/step.ts'
import type { Tx } from '../connection.ts'
import { newId } from '../ids.ts'
import type { HeldBill, View } from '../unit/held-bill.ts'
import { withBill } from '../unit/with-bills.ts'
import { send } from '../unit/transaction.ts'
import { askAboutReturn } from './ask-about-return.ts'
import { takeSurcharge } from './fees.ts'
import { recordRecall } from './recall-delivery.ts'
import { useCredits } from './use-excess.ts'

/** Steps that only change the books; sends, refunds and questions to a gateway are activities of their own. */
export type Bookkeeping =
  | 'issue'
  | 'fallDue'
  | 'surcharge'
  | 'conclude'
  | 'handBack'
  | 'expire'
  | 'askSettlement'
  | 'openException'
  | 'askAboutReturn'
  | 'recall'
  | 'useCredit'

/**
 * Takes a bookkeeping step if the plan still says that it is due, and looks again in the same transaction. Taking it
 * twice, or when it is no longer due, changes nothing, so a timed-out copy of the caller is harmless.
 */
export async function takeStep(tx: Tx, billId: string, kind: Bookkeeping, now: number): Promise<View> {
  const { result } = await withBill(tx, billId, now, async (held) => {
    const { step, at } = held.plan()
    if (step?.kind === kind && at !== null && at <= now) await take(tx, held, step, kind, now)
    return held.look()
  })
  return result
}

async function take(tx: Tx, held: HeldBill, step: Step, kind: Bookkeeping, now: number): Promise<void> {
  switch (kind) {
    case 'issue':
      held.change({ issuedAt: now })
      held.move('issue')
      break
    case 'surcharge':
      return takeSurcharge(tx, held, now)
    case 'fallDue':
    case 'conclude':
    case 'handBack':
    case 'expire':
      held.move(kind)
      break
    case 'askSettlement':
      // The gateway could not be asked at all. It counts as a time all the same, so that the next one comes by the policy.
      held.change({ settlementAsks: held.bill.settlementAsks + 1 })
      break
    case 'useCredit':
      // It writes its own entries: of each credit, where it came from and how much of it was used.
      return useCredits(tx, held, now)
    case 'openException':
      held.change({ exceptionOpen: true })
      send(
        tx,
        tx`
        insert into exceptions (id, bill_id, institution_id, kind, subject_id, owner, opened_at)
        values (${newId('exc', now)}, ${held.bill.id}, ${held.row.institution_id}, 'settlementLate', ${held.bill.id}, 'operations', ${now})
        on conflict (kind, subject_id) do update set opened_at = excluded.opened_at, closed_at = null`,
      )
      break
    case 'askAboutReturn':
      await askAboutReturn(tx, held, now)
      break
    case 'recall':
      // The channel could not be asked at all: what it was to take back goes its way.
      await recordRecall(tx, held, step.kind === 'recall' ? step.delivery : '', 'unknown', now)
      return
  }
  held.log(kind === 'askSettlement' ? 'settlementUnanswered' : kind, 'engine')
}
