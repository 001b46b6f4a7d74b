/**
 * Names of what can happen to a bill. Each is the kind of a recorded fact and the signal that wakes the bill's run;
 * the signal carries the fact's id and a line for whoever reads the Temporal UI, which code never reads.
 */
export const BILL_FACTS = [
  'billCreated',
  'noticeDelivered',
  'noticeRead',
  'deliveryFailed',
  'noticeReturned',
  'addressGiven',
  'paymentReceived',
  'checkoutEnded',
  'settlementMatched',
  'creditUsed',
  'paymentTakenBack',
  'paymentDisputed',
  'refundRequested',
  'refundApproved',
  'refundAccountGiven',
  'refundAccountRefused',
  'refunded',
  'paused',
  'resumed',
  'cancelled',
  'writtenOff',
  'extended',
  'amended',
  'objected',
  'objectionDecided',
] as const
export type BillFact = (typeof BILL_FACTS)[number]

/** Sent by the sweep to bills whose run was lost, and by nobody else. */
export const SWEPT = 'swept'

/** What a bill's signal carries. `line` holds no personal data. */
export interface FactSignal {
  readonly factId: string
  readonly line: string
}

/** Signals of a checkout: the gateway said something, or the citizen came back from its page. Both only mean "ask". */
export const CHECKOUT_REPORTED = 'paymentReported'

/** Tells the run of an institution's webhook endpoint to look now. */
export const WEBHOOK_WOKEN = 'eventsRecorded'

/** Signal of a batch: somebody ordered something, or the sweep found it left behind. It only means "read the batch". */
export const BATCH_ORDERED = 'batchOrdered'
