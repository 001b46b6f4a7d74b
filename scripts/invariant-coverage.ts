/** What the engine promises about its books and its effects, and what besides views holds or checks it. */
export interface Promised {
  readonly id: string
  readonly says: string
  /** Rules of the outside checker that need what the database cannot know: journals, files, or a second telling of the story. */
  readonly checker?: readonly string[]
  /** Constraints, triggers and unique indexes by which the database refuses it. */
  readonly refused?: readonly string[]
  /** Suites that prove it. */
  readonly tests?: readonly string[]
  /** What nothing of this covers. */
  readonly open?: string
}

const MODEL = 'test/model/bill.test.ts'
const CHECKER = 'test/checker/sequences.test.ts'

export const promises: readonly Promised[] = [
  {
    id: 'I1',
    says: 'Money is conserved: every ledger transaction sums to zero per currency, and so does the whole ledger.',
    refused: ['ledger_balanced', 'ledger_closed', 'owed_not_negative', 'ledger_payment_once', 'ledger_refund_once', 'ledger_line_once'],
    tests: ['test/store/guards.test.ts', CHECKER],
  },
  {
    id: 'I2',
    says: 'Nobody is charged twice: one capture per checkout, here and in the gateway’s own journal.',
    checker: ['never capture twice'],
    refused: ['payments_checkout_id_key', 'payments_gateway_reference_key'],
    tests: ['test/golden/twice.test.ts', 'test/golden/crash.test.ts', 'test/engine/every-gateway.test.ts'],
  },
  {
    id: 'I3',
    says: 'No payment is lost: what the gateway captured is a payment here.',
    checker: ['every capture is a payment'],
    tests: ['test/golden/crash.test.ts', 'test/engine/lost-runs.test.ts'],
  },
  {
    id: 'I4',
    says: 'No payment is made up: nothing is paid that the gateway did not capture.',
    checker: ['every capture is a payment'],
    tests: ['test/store/captures.test.ts'],
  },
  {
    id: 'I5',
    says: 'Amount and currency are the same on bill, payment and gateway.',
    checker: ['every capture is a payment', 'settlement lines', 'published totals'],
    tests: ['test/store/captures.test.ts'],
  },
  {
    id: 'I6',
    says: 'Refunds never exceed what was captured, counting those asked for and under way.',
    checker: ['never more back than taken'],
    refused: ['refunds_within_payment'],
    tests: ['test/store/guards.test.ts', 'test/store/refunds-at-once.test.ts', MODEL],
  },
  {
    id: 'I7',
    says: 'Refunds here and at the gateway are the same, one to one.',
    checker: ['every refund at the gateway is one of ours', 'never refund twice'],
    tests: ['test/store/refunds.test.ts', 'test/engine/refused-refund.test.ts'],
  },
  {
    id: 'I8',
    says: 'Money that comes after the end goes back, or is held with an owner and an age.',
    refused: ['owed_not_negative'],
    tests: ['test/store/excess.test.ts', 'test/engine/money.test.ts'],
  },
  {
    id: 'I9',
    says: 'Only legal moves happen, and a status is what the log makes it.',
    checker: ['legal moves'],
    refused: ['bill_moves', 'payment_moves', 'refund_moves', 'checkout_moves', 'delivery_moves', 'line_moves', 'objection_moves'],
    tests: ['test/states/machines.test.ts', 'test/store/transitions.test.ts', MODEL],
  },
  {
    id: 'I10',
    says: 'What has ended has ended: no edge leaves it but a correction that is logged.',
    checker: ['legal moves'],
    refused: ['bill_moves'],
    tests: ['test/states/machines.test.ts'],
  },
  {
    id: 'I11',
    says: 'Each reminder goes out once, and none that was due is left out.',
    checker: ['letters'],
    refused: ['deliveries_bill_id_key_key'],
    tests: ['test/engine/calendar.test.ts', 'test/domain/plan.life.test.ts', MODEL],
  },
  {
    id: 'I12',
    says: 'Nobody is reminded of what is paid or cancelled.',
    checker: ['legal moves', 'letters'],
    tests: ['test/golden/chain.test.ts', MODEL],
  },
  {
    id: 'I13',
    says: 'Nothing is stuck: no fact unread, no claim without a checkout, no bill without a run.',
    tests: ['test/engine/sweep.test.ts', 'test/engine/lost-runs.test.ts'],
    open: 'Open bills beside running workflows is a comparison with Temporal: goji doctor counts bills that overslept.',
  },
  {
    id: 'I14',
    says: 'An outgoing event is told once and in order, and one webhook id has one body.',
    refused: ['events_feed', 'webhook_deliveries_pkey'],
    tests: ['test/webhooks-out/delivery.test.ts'],
  },
  {
    id: 'I15',
    says: 'Institutions never meet: nothing of one points at another’s, and no key opens another’s.',
    tests: ['test/store/guards.test.ts', 'test/api/isolation.test.ts'],
  },
  {
    id: 'I16',
    says: 'The log is complete: every move of a bill and of its money has an entry, numbered without a gap.',
    refused: ['log_append_only', 'log_pkey'],
    tests: ['test/store/log.test.ts'],
  },
  {
    id: 'I17',
    says: 'The log is as it was written: recomputed, its hashes are the same, and its head is the one that was anchored elsewhere.',
    refused: ['log_append_only'],
    tests: ['test/store/log.test.ts'],
    open: 'A tail that was cut off together with the bill’s own head shows only against the anchors (docs/runbook.md).',
  },
  {
    id: 'I18',
    says: 'The books are what the outside says: what gateways hold is captures less refunds less settlements, and files are booked as they came.',
    checker: ['settlement files', 'settlement lines'],
    refused: ['statement_lines_gateway_line_reference_key', 'ledger_line_once'],
    tests: ['test/store/statements.test.ts', 'test/golden/late-file.test.ts', 'test/golden/real-month.test.ts'],
  },
  {
    id: 'I19',
    says: 'The same provider event with another body is refused.',
    refused: ['inbox_pkey'],
    tests: ['test/store/once.test.ts', 'test/api/webhooks.test.ts'],
  },
  {
    id: 'I20',
    says: 'What was acknowledged is there after any kill.',
    checker: ['every capture is a payment'],
    tests: ['test/engine/sweep.test.ts', 'test/engine/batch-crash.test.ts', MODEL],
  },
  {
    id: 'I21',
    says: 'What was refused has no effect, then or later.',
    tests: ['test/store/refunds-at-once.test.ts', 'test/api/bad-input.test.ts', CHECKER, MODEL],
  },
  {
    id: 'I22',
    says: 'Equal requests at once have one effect and one answer; another body under the same key is refused.',
    refused: ['idempotency_keys_pkey'],
    tests: ['test/store/once.test.ts', 'test/api/idempotency.test.ts'],
  },
  {
    id: 'I23',
    says: 'What is unknown is asked for until it is known, and never repeated under another key.',
    tests: ['test/store/refunds.test.ts', 'test/contract/gateway.contract.test.ts'],
    open: 'How long something may stay unknown is a matter of time: facts, wakes and exceptions have their ages in goji doctor.',
  },
  {
    id: 'I24',
    says: 'Every saved history replays on the code of today.',
    tests: ['test/replay/replay.test.ts'],
  },
  {
    id: 'I25',
    says: 'Nothing personal and no secret is in Temporal, logs or URLs.',
    tests: ['test/engine/story.test.ts', 'test/engine/money.test.ts'],
  },
  {
    id: 'I26',
    says: 'After a person’s data is gone nothing of it can be read, and the log still verifies.',
    refused: ['log_append_only'],
    open: 'What is personal stands apart and logs hold none of it, but there is no order that erases a person yet.',
  },
  {
    id: 'I27',
    says: 'Every bill reaches its end once what failed is back.',
    tests: ['test/golden/real-month.test.ts', 'test/engine/closing.test.ts', 'test/engine/sweep.test.ts'],
  },
]
