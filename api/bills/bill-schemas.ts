import { z } from 'zod'
import { BILL_STATUSES } from '../../domain/states/bill.ts'
import { DELIVERY_PURPOSES } from '../../domain/bill.ts'
import { RETURN_REASONS } from '../../domain/return-reason.ts'
import { DELIVERY_STATES } from '../../domain/states/delivery.ts'
import { PAYMENT_STATES } from '../../domain/states/payment.ts'
import { REFUND_STATES } from '../../domain/states/refund.ts'
import { STAGES } from '../../domain/step.ts'
import { id } from '../../schemas/ids.ts'
import { moneySchema } from '../../schemas/money.ts'
import { day, time } from '../../schemas/time.ts'
import { nextSchema } from './next-step.ts'

export const status = z.enum(BILL_STATUSES).meta({ description: 'Where the debt stands. docs/state-machines.md draws every move.' })
export const stage = z.enum(STAGES).meta({ description: "Where the bill's life stands." })
const mode = z.enum(['test', 'live'])

export const amountsSchema = z
  .strictObject({
    charged: moneySchema,
    surcharged: moneySchema,
    reduced: moneySchema,
    paid: moneySchema,
    refunded: moneySchema,
    owed: moneySchema,
    settled: moneySchema,
    fees: moneySchema,
    writtenOff: moneySchema,
    cancelled: moneySchema,
  })
  .meta({
    id: 'Amounts',
    description:
      'Always charged = what was billed + surcharged - reduced = (paid - refunded) + writtenOff + cancelled + owed. `settled` is gross; `fees` of it stayed with the gateway.',
  })

export const deliveryFields = {
  id: id('dlv'),
  key: z.string(),
  purpose: z.enum(DELIVERY_PURPOSES),
  channel: z.string(),
  state: z.enum(DELIVERY_STATES),
  attempts: z.number().int(),
  attemptedAt: time,
  acceptedAt: time.nullable(),
  deliveredAt: time.nullable(),
  readAt: time.nullable(),
  endedAt: time.nullable(),
  failure: z.strictObject({ kind: z.enum(['temporary', 'permanent', 'technical']), code: z.string().nullable() }).nullable(),
  possibleDuplicate: z.boolean().meta({ description: 'The channel cannot tell a repetition: the message may have been shown twice.' }),
  returnReason: z.enum(RETURN_REASONS).nullable().meta({ description: 'Why it came back, where it did.' }),
  cost: moneySchema.nullable().meta({ description: 'What it cost, where the channel or the policy says so.' }),
}
const deliverySchema = z.strictObject(deliveryFields).meta({ id: 'Delivery' })

const paymentSchema = z
  .strictObject({
    id: id('pay'),
    checkoutId: id('chk').nullable(),
    method: z.string(),
    amount: moneySchema.meta({ description: "This bill's part of the payment." }),
    state: z.enum(PAYMENT_STATES),
    paidAt: time.meta({ description: "The gateway's or bank's own time." }),
    settledAt: time.nullable(),
  })
  .meta({ id: 'Payment' })

const refundSchema = z
  .strictObject({
    id: id('ref'),
    paymentId: id('pay'),
    amount: moneySchema,
    state: z.enum(REFUND_STATES),
    reason: z.string(),
    failureCode: z.string().nullable(),
    fromAllocation: z.boolean().meta({ description: 'False for money that the bill never took: paid twice, or cancelled meanwhile.' }),
    requestedAt: time,
    refundedAt: time.nullable(),
  })
  .meta({ id: 'Refund' })

const extensionSchema = z
  .strictObject({
    dueDate: day,
    dueBefore: time.nullable().meta({ description: 'Null where no date could be named: a pause was open.' }),
    reason: z.string().nullable().meta({ description: 'Null where the citizen asked for it and the policy allowed it.' }),
    byCitizen: z.boolean(),
    at: time,
  })
  .meta({ id: 'BillExtension' })

const amendmentSchema = z
  .strictObject({
    revision: z.number().int(),
    amountBefore: moneySchema.nullable(),
    amount: moneySchema.nullable().meta({ description: 'Null where the amount stayed.' }),
    dueDate: day.nullable().meta({ description: 'Null where the due date stayed.' }),
    detailsChanged: z.boolean(),
    servedAgain: z.boolean().meta({ description: 'The citizen had been shown the revision before, so the notice goes out anew.' }),
    reason: z.string(),
    at: time,
  })
  .meta({ id: 'BillAmendment' })

const summary = {
  id: id('bill'),
  institution: id('ins'),
  billNumber: z.string(),
  mode,
  title: z.string(),
  asksMoney: z.boolean().meta({ description: 'False for a notice that only informs.' }),
  status,
  stage,
  amounts: amountsSchema,
  dueAt: time
    .nullable()
    .meta({ description: 'The last moment to pay in time; null while it cannot be known: paused, or service not proven.' }),
  overdue: z.boolean().meta({ description: 'Past `dueAt` with something left to pay.' }),
  createdAt: time,
}

export const billSummarySchema = z.strictObject(summary).meta({ id: 'BillSummary' })

export const billSchema = z
  .strictObject({
    ...summary,
    policy: z.strictObject({ name: z.string(), version: z.number().int() }),
    details: z.array(z.strictObject({ label: z.string(), value: z.string() })),
    dueDate: day.nullable(),
    validUntil: day.nullable(),
    expiresAt: time
      .nullable()
      .meta({ description: 'The last moment at which it may be paid here; null without an end of its own, and while a pause holds it.' }),
    revision: z.number().int().meta({ description: 'Counted up by every amendment.' }),
    extensions: z.array(extensionSchema),
    amendments: z.array(amendmentSchema),
    objection: id('obj').nullable().meta({ description: 'The objection that is open; null where none is.' }),
    issueAt: time,
    issuedAt: time.nullable(),
    changedAt: time,
    early: z
      .strictObject({
        saves: moneySchema,
        until: time.nullable().meta({ description: 'Null while it has no end: service is not proven, or a pause is open.' }),
      })
      .nullable()
      .meta({ description: "What paying early saves, by the payment's own time; null where nothing is offered." }),
    paused: z.boolean(),
    pauses: z.array(z.strictObject({ reason: z.string(), from: time, until: time.nullable() })),
    deliveries: z.array(deliverySchema),
    payments: z.array(paymentSchema),
    refunds: z.array(refundSchema),
    next: nextSchema.meta({ description: 'What happens next if nobody does anything.' }),
    links: z.strictObject({
      self: z.string(),
      events: z.string(),
      forecast: z.string(),
      pay: z
        .string()
        .nullable()
        .meta({ description: 'Where the citizen sees and pays the bill, after signing in; null when there is nothing to pay.' }),
    }),
  })
  .meta({ id: 'Bill' })
