import { z } from 'zod'
import { PAYMENT_STATES } from '../../domain/states/payment.ts'
import type { ListedPayment } from '../../store/payments/list-payments.ts'
import { exampleId, id } from '../../schemas/ids.ts'
import { moneySchema, wire } from '../../schemas/money.ts'
import { time, toIso, toIsoOrNull } from '../../schemas/time.ts'

export const paymentDetailSchema = z
  .strictObject({
    id: id('pay'),
    checkoutId: id('chk').nullable().meta({ description: 'Null for money that came by itself.' }),
    gateway: z.string(),
    reference: z.string().meta({ description: "The gateway's or bank's own." }),
    method: z.string(),
    state: z.enum(PAYMENT_STATES),
    paidAt: time.meta({ description: "The payment's own time: deadlines count from it." }),
    paidAtSource: z.enum(['gateway', 'bank']),
    recordedAt: time,
    settledAt: time.nullable(),
    parts: z
      .array(
        z.strictObject({
          billId: id('bill'),
          allocated: moneySchema.meta({ description: 'What the bill took.' }),
          kept: moneySchema.meta({ description: 'What it could not take and is held or kept as credit.' }),
          refunded: moneySchema.meta({ description: 'What of this part went back.' }),
        }),
      )
      .meta({ description: 'Your bills only: a payment may pay bills of several institutions.' }),
  })
  .meta({ id: 'PaymentDetail' })

const krw = (amount: string): object => ({ amount, currency: 'KRW' })

export const paymentExample = {
  id: exampleId('pay'),
  checkoutId: exampleId('chk'),
  gateway: 'sample',
  reference: 'pay_8f2c',
  method: 'card',
  state: 'settled',
  paidAt: '2026-11-24T00:12:40.000Z',
  paidAtSource: 'gateway',
  recordedAt: '2026-11-24T00:12:41.000Z',
  settledAt: '2026-11-25T00:00:00.000Z',
  parts: [{ billId: exampleId('bill'), allocated: krw('128500'), kept: krw('0'), refunded: krw('0') }],
}

export const paymentDetailView = (row: ListedPayment): object => ({
  id: row.id,
  checkoutId: row.checkout_id,
  gateway: row.gateway,
  reference: row.reference,
  method: row.method,
  state: row.state,
  paidAt: toIso(row.paid_at),
  paidAtSource: row.paid_at_source,
  recordedAt: toIso(row.recorded_at),
  settledAt: toIsoOrNull(row.settled_at),
  parts: row.parts.map(({ bill_id: billId, allocated, kept, refunded }) => ({
    billId,
    allocated: wire(BigInt(allocated), row.currency),
    kept: wire(BigInt(kept), row.currency),
    refunded: wire(BigInt(refunded), row.currency),
  })),
})
