import type { Excess } from '../../domain/ledger.ts'
import type { OnExcess, Policy } from '../../domain/policy.ts'
import type { Tx } from '../connection.ts'
import type { HeldBill } from '../unit/held-bill.ts'
import { keepExcess, type KeptExcess } from './keep-excess.ts'
import { type NewRefund, requestRefund } from './request-refund.ts'

const EXCESS: Readonly<Record<OnExcess, Excess>> = { refund: 'refunded', hold: 'held', offset: 'credited' }

/** What becomes of money that a bill of this policy does not take. */
export const excessOf = ({ onExcess }: Policy): Excess => EXCESS[onExcess]

/** Lets money of a payment, in the bill's currency, go that a held bill does not take: by its policy back, on hold or to the citizen's credit. */
export function disposeExcess(
  tx: Tx,
  held: HeldBill,
  excess: Pick<KeptExcess, 'paymentId' | 'minor' | 'occurredAt'>,
  refund: Pick<NewRefund, 'reason' | 'actor' | 'note' | 'awaitsApproval' | 'line'>,
  now: number,
): void {
  const { currency } = held.bill
  const excessIs = excessOf(held.policy)
  if (excessIs === 'refunded') requestRefund(tx, held, { ...refund, ...excess, currency, fromAllocation: false }, now)
  else keepExcess(tx, held, { ...excess, kind: excessIs === 'held' ? 'held' : 'credit', currency }, now)
}
