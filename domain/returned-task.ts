import type { Bill, Delivery } from './bill.ts'
import { chainState, isCurrentNotice, provenAt } from './chain.ts'
import type { Policy } from './policy.ts'
import { isUndecided } from './returned-mail.ts'
import type { Candidate } from './step.ts'

/** The returned letter about which no person has been asked yet; undefined where there is none. */
export const returnedWithoutTask = (bill: Bill): Delivery | undefined =>
  bill.deliveries.find((delivery) => isCurrentNotice(bill, delivery) && isUndecided(delivery) && delivery.taskOpened !== true)

/** A letter came back and no channel is left, or none may be tried: a person is asked, once for each letter. */
export function askAboutReturn(bill: Bill, policy: Policy): Candidate[] {
  const returned = returnedWithoutTask(bill)
  const chain = chainState(bill, policy)
  if (returned === undefined || chain.kind !== 'over' || provenAt(bill, policy) !== null) return []
  return [{ stage: 'deliver', step: { kind: 'askAboutReturn', key: `askAboutReturn:${returned.key}` }, at: chain.at }]
}
