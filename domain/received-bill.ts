import type { Bill } from './bill.ts'

/** What is known of a bill in the moment in which it is received; everything else comes later. */
export type Received = Pick<
  Bill,
  'currency' | 'asksMoney' | 'issueAt' | 'dueDate' | 'preferredChannels' | 'addressedChannels' | 'chargedMinor'
>

/** A bill to which nothing has happened yet, for asking the plan about bills that are not recorded. */
export const receivedBill = (received: Received): Bill => ({
  ...received,
  id: 'sample',
  status: 'received',
  issuedAt: null,
  dueFixedAt: null,
  dueRevision: 1,
  validUntil: null,
  noticeRevision: 1,
  noticesFrom: null,
  surchargedMinor: 0n,
  reducedMinor: 0n,
  surcharges: 0,
  paidMinor: 0n,
  refundedMinor: 0n,
  writtenOffMinor: 0n,
  cancelledMinor: 0n,
  settledMinor: 0n,
  refundSettledMinor: 0n,
  creditMinor: 0n,
  paidAt: null,
  checkoutOpen: false,
  checkoutStale: false,
  settlementAsks: 0,
  exceptionOpen: false,
  pauses: [],
  deliveries: [],
  refunds: [],
})
