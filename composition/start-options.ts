import type { WorkflowStartOptions } from '@temporalio/client'
import { TypedSearchAttributes } from '@temporalio/common'
import type { BillStart } from '../store/bills/bill-start.ts'
import { searchAttributes } from '../workflows/search-attributes.ts'

export const billWorkflowId = (billId: string): string => `bill:${billId}`

/**
 * The options under which a bill's run starts: the same wherever it is started or woken from, so that a lost or closed
 * run comes back exactly as it was. A closed bill may have another run, which says why it was reopened.
 */
export function billStartOptions(bill: BillStart, taskQueue: string, reopenedBy?: string): WorkflowStartOptions {
  const amount = bill.amount === null ? 'a notice' : `${bill.amount} ${bill.currency}`
  return {
    workflowId: billWorkflowId(bill.id),
    taskQueue,
    args: [{ billId: bill.id }],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    priority: { priorityKey: 3, fairnessKey: bill.institution },
    staticSummary: reopenedBy === undefined ? `${bill.institution}: ${amount}` : `${bill.institution}: ${amount}, reopened: ${reopenedBy}`,
    staticDetails: [
      `**${bill.policyTitle}** of **${bill.institution}**, ${amount}.`,
      `Channels in order: ${bill.channels.join(' → ')}.`,
      `The books of this bill: \`goji bills get ${bill.id}\`.`,
    ].join('\n\n'),
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.institution, value: bill.institution },
      { key: searchAttributes.stage, value: bill.stage },
      { key: searchAttributes.status, value: bill.status },
      { key: searchAttributes.paused, value: bill.paused },
      ...(bill.dueAt === null ? [] : [{ key: searchAttributes.dueDate, value: new Date(bill.dueAt) }]),
    ]),
  }
}
