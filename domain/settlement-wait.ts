import type { Bill } from './bill.ts'
import { durationMs } from './duration.ts'
import type { Policy } from './policy.ts'
import type { Candidate } from './step.ts'

/**
 * A paid bill waits for its settlement. A late file is asked for again at intervals, then opened as an exception for a
 * person; it is never marked as failed, and a file that comes after that settles the bill all the same (N12).
 */
export function settlementWait(bill: Bill, policy: Policy): Candidate {
  if (bill.exceptionOpen) return { stage: 'reconcile', step: null, at: null }
  const { within, askEvery, exceptionAfter } = policy.settlement
  const paidAt = bill.paidAt ?? bill.issueAt
  const ask = paidAt + durationMs(within) + bill.settlementAsks * durationMs(askEvery)
  const giveUp = paidAt + durationMs(exceptionAfter)
  if (giveUp <= ask) return { stage: 'reconcile', step: { kind: 'openException', key: 'openException' }, at: giveUp }
  return { stage: 'reconcile', step: { kind: 'askSettlement', key: `askSettlement:${bill.settlementAsks + 1}` }, at: ask }
}
