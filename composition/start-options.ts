import type { WorkflowStartOptions } from '@temporalio/client'
import { TypedSearchAttributes } from '@temporalio/common'
import type { BillStart } from '../store/bills/bill-start.ts'
import { searchAttributes } from '../workflows/search-attributes.ts'

export const billWorkflowId = (billId: string): string => `bill:${billId}`
export const checkoutWorkflowId = (checkoutId: string): string => `checkout:${checkoutId}`

/**
 * The options under which a bill's run starts: the same wherever it is started or woken from, so that a lost or closed
 * run comes back exactly as it was. A closed bill may have another run, which says why it was reopened.
 */
export function billStartOptions(bill: BillStart, taskQueue: string, reopenedBy?: string): WorkflowStartOptions {
  const amount = bill.amount === null ? 'a notice that asks for no money' : `${bill.amount} ${bill.currency}`
  const summary = `${bill.institution}: ${bill.policyTitle}, ${amount}`
  return {
    workflowId: billWorkflowId(bill.id),
    taskQueue,
    args: [{ billId: bill.id, shown: bill.shown }],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    priority: { priorityKey: 3, fairnessKey: bill.institution },
    staticSummary: reopenedBy === undefined ? summary : `${summary}. Reopened: ${reopenedBy}`,
    staticDetails: [
      `**${bill.policyTitle}** of **${bill.institution}**, ${amount}.`,
      `Channels, in the order in which they are tried: ${bill.channels.join(' → ')}.`,
      `The books of this bill: \`goji bills get ${bill.id}\`.`,
    ].join('\n\n'),
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.institution, value: bill.institution },
      { key: searchAttributes.stage, value: bill.shown.stage },
      { key: searchAttributes.status, value: bill.shown.status },
      { key: searchAttributes.paused, value: bill.shown.paused },
      ...(bill.shown.dueAt === null ? [] : [{ key: searchAttributes.dueDate, value: new Date(bill.shown.dueAt) }]),
    ]),
  }
}

/** A payment goes before everything else. Started again it does no harm: a checkout that is over only asks whether money came. */
export const checkoutStartOptions = (checkoutId: string, taskQueue: string): WorkflowStartOptions => ({
  workflowId: checkoutWorkflowId(checkoutId),
  taskQueue,
  args: [{ checkoutId }],
  workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  priority: { priorityKey: 1 },
  staticSummary: "A citizen's payment of one or more bills",
  staticDetails: `The bills are held for this payment until it ends.\n\nThe books of this checkout: \`goji checkouts get ${checkoutId}\`.`,
})

/** Everything else goes before a batch; institutions that load at the same time share fairly. */
export const batchStartOptions = (batchId: string, institutionId: string, taskQueue: string): WorkflowStartOptions => ({
  workflowId: `batch:${batchId}`,
  taskQueue,
  args: [{ batchId }],
  workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  priority: { priorityKey: 5, fairnessKey: institutionId },
  staticSummary: 'Issue the bills of a batch, or take them back',
  staticDetails: `What became of its rows: \`goji batches get ${batchId}\`.`,
})
