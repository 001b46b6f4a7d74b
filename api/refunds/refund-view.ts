import { z } from 'zod'
import { maskAccount } from '../../domain/mask-account.ts'
import { REFUND_STATES } from '../../domain/states/refund.ts'
import type { ListedRefund } from '../../store/refunds/list-refunds.ts'
import { exampleId, id } from '../../schemas/ids.ts'
import { moneySchema, wire } from '../../schemas/money.ts'
import { time, toIso, toIsoOrNull } from '../../schemas/time.ts'

export const refundDetailSchema = z
  .strictObject({
    id: id('ref'),
    institution: id('ins'),
    billId: id('bill'),
    paymentId: id('pay'),
    amount: moneySchema,
    state: z.enum(REFUND_STATES),
    reason: z.string().meta({
      description: 'Why: `institution`, `paidTwice`, `billClosed`, `excessReleased`, or `reversed` and `returned` for what was taken back.',
    }),
    note: z.string().nullable().meta({ description: 'What the institution said.' }),
    cancelsCharge: z.boolean().meta({ description: 'The charge is taken back too, so that nothing is owed again.' }),
    fromAllocation: z.boolean().meta({ description: 'False for money that the bill never took.' }),
    by: z.enum(['gateway', 'operator', 'scheme']).nullable().meta({
      description: 'Who moved the money: the gateway, an operator by transfer, or the card scheme or bank by itself. Null before.',
    }),
    reference: z.string().nullable().meta({ description: "The gateway's or bank's own." }),
    failureCode: z.string().nullable(),
    account: z
      .strictObject({ bank: z.string(), number: z.string(), holder: z.string() })
      .nullable()
      .meta({ description: 'Where the citizen wants it, masked; erased once the money is there.' }),
    exception: z
      .strictObject({ kind: z.string(), owner: z.string(), openedAt: time })
      .nullable()
      .meta({ description: 'A person has to do something, since when, and who.' }),
    requestedBy: z.string(),
    decision: z
      .strictObject({ by: z.string(), at: time, reason: z.string().nullable() })
      .nullable()
      .meta({ description: 'What a second person decided, where one was asked: who, when, and why it was declined.' }),
    requestedAt: time,
    submittedAt: time.nullable(),
    refundedAt: time.nullable(),
    settledAt: time
      .nullable()
      .meta({ description: 'When a settlement has shown it: it is then netted from what the institution is paid.' }),
  })
  .meta({ id: 'RefundDetail' })

export const refundExample = {
  id: exampleId('ref'),
  institution: exampleId('ins'),
  billId: exampleId('bill'),
  paymentId: exampleId('pay'),
  amount: { amount: '28500', currency: 'KRW' },
  state: 'requested',
  reason: 'institution',
  note: 'The vehicle was sold in August',
  cancelsCharge: true,
  fromAllocation: true,
  by: null,
  reference: null,
  failureCode: null,
  account: null,
  exception: null,
  requestedBy: `key:${exampleId('key')}`,
  decision: null,
  requestedAt: '2026-11-24T00:10:00.000Z',
  submittedAt: null,
  refundedAt: null,
  settledAt: null,
}

const byWhom = (row: ListedRefund): string | null =>
  row.state !== 'succeeded' ? null : row.taken_back ? 'scheme' : row.from_bank ? 'operator' : 'gateway'

export const refundDetailView = (row: ListedRefund): object => ({
  id: row.id,
  institution: row.institution_id,
  billId: row.bill_id,
  paymentId: row.payment_id,
  amount: wire(row.amount_minor, row.currency),
  state: row.state,
  reason: row.reason,
  note: row.note,
  cancelsCharge: row.cancel_charge,
  fromAllocation: row.from_allocation,
  by: byWhom(row),
  reference: row.reference,
  failureCode: row.failure_code,
  account: row.account === null ? null : maskAccount(row.account),
  exception: row.exception === null ? null : { ...row.exception, openedAt: toIso(row.exception.openedAt) },
  requestedBy: row.requested_by,
  decision:
    row.decided_by === null || row.decided_at === null
      ? null
      : { by: row.decided_by, at: toIso(row.decided_at), reason: row.decision_note },
  requestedAt: toIso(row.requested_at),
  submittedAt: toIsoOrNull(row.submitted_at),
  refundedAt: toIsoOrNull(row.refunded_at),
  settledAt: toIsoOrNull(row.settled_at),
})
