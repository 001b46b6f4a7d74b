import { assertOwned } from '../../../store/bills/assert-owned.ts'
import { refundBill } from '../../../store/commands/refund-bill.ts'
import { paymentsOfBill } from '../../../store/payments/payments-of-bill.ts'
import { html } from '../../html.ts'
import { fieldsOf } from '../../http/context.ts'
import type { FieldError } from '../../parts/pieces.ts'
import { type BillData, billOf } from '../bill-data.ts'
import type { ClerkVisit } from '../context.ts'
import { amountField, choiceField, exampleOf, readAmount, readReason, reasonField, sureField } from '../fields.ts'
import { tryOnce } from '../once.ts'
import { fieldReader, sendOrderForm } from '../order-form.ts'
import { instant, methodName, money } from '../words.ts'

const CHARGES = ['owed', 'takenBack'] as const

/** Asks which payment goes back, how much of it, and what becomes of the charge. */
export const refundPage = (visit: ClerkVisit): Promise<void> => showForm(visit, [])

/**
 * Requests the refund, once, and shows the bill. A payment is chosen with what could be refunded of it when the form was
 * shown: where that is another sum by now, nothing is done and the clerk sees the new one.
 */
export async function giveRefund(visit: ClerkVisit): Promise<void> {
  const { request, clerk, now, text, response } = visit
  const { row } = await billOf(visit)
  const fields = fieldsOf(request)
  const chosen = /^(pay_[0-9a-z]{26}) ([0-9]{1,16})$/.exec(fields.one('payment'))
  const typed = fields.one('amount').trim()
  const amount = typed === '' ? undefined : readAmount(typed, row.currency)
  const charge = CHARGES.find((one) => one === fields.one('charge'))
  const reason = readReason(fields.one('reason'))
  const errors: FieldError[] = [
    ...(chosen === null ? [{ field: 'payment-0', message: text.refund.paymentMissing }] : []),
    ...(amount === null ? [{ field: 'amount', message: text.form.amountMissing(row.currency, exampleOf(row.currency)) }] : []),
    ...(charge === undefined ? [{ field: 'charge-0', message: text.refund.chargeMissing }] : []),
    ...(reason === null ? [{ field: 'reason', message: text.form.reasonMissing }] : []),
    ...(fields.one('sure') === '' ? [{ field: 'sure', message: text.form.sureMissing }] : []),
  ]
  if (errors.length > 0 || chosen === null || reason === null || amount === null) return showForm(visit, errors)
  const [, paymentId = '', believed = ''] = chosen
  const refused = await tryOnce(
    visit,
    async (tx) => {
      await assertOwned(tx, clerk.owner, row.id)
      const order = {
        billId: row.id,
        paymentId,
        expected: { minor: BigInt(believed), currency: row.currency },
        note: reason,
        cancelCharge: charge === 'takenBack',
        actor: `key:${clerk.key.id}`,
        ...(amount === undefined ? {} : { amount }),
      }
      return (await refundBill(tx, order, now)).wakes
    },
    'reason',
    ({ pointer }) => (pointer.startsWith('/amount') ? 'amount' : pointer.startsWith('/expectedRefundable') ? 'payment-0' : undefined),
  )
  if (refused !== null) return showForm(visit, [refused], 409)
  response.redirect(303, `/console/bills/${row.id}?done`)
}

async function showForm(visit: ClerkVisit, errors: readonly FieldError[], status = 400): Promise<void> {
  const { text } = visit
  const data = await billOf(visit)
  const { row, refundable } = data
  const field = fieldReader(visit, errors)
  if (refundable.length === 0)
    return sendOrderForm(visit, data, { name: 'refund', errors, status, fields: null, instead: text.refund.nothing })
  const fields = [
    choiceField(
      { name: 'payment', legend: text.refund.payment, options: await paymentsToRefund(visit, data) },
      // With one payment there is nothing to choose.
      { ...field('payment'), ...(refundable.length === 1 ? { value: valueOf(refundable[0]) } : {}) },
    ),
    amountField(visit, { label: text.refund.amount, hint: text.refund.amountHint, currency: row.currency }, field('amount')),
    choiceField(
      { name: 'charge', legend: text.refund.charge, options: CHARGES.map((value) => ({ value, label: text.refund.charges[value] })) },
      field('charge'),
    ),
    reasonField(visit, field('reason')),
    sureField(visit, field('sure')),
  ]
  sendOrderForm(visit, data, { name: 'refund', errors, status, fields, isFinal: true })
}

type Part = BillData['refundable'][number]

const valueOf = (part: Part | undefined): string => (part === undefined ? '' : `${part.payment_id} ${part.left_minor}`)

async function paymentsToRefund(
  visit: ClerkVisit,
  { row, face, refundable }: BillData,
): Promise<{ value: string; label: ReturnType<typeof html> }[]> {
  const payments = await paymentsOfBill(visit.root.sql, row.id)
  return refundable.map((part) => {
    const payment = payments.find(({ id }) => id === part.payment_id)
    const what = payment === undefined ? part.payment_id : methodName(visit, payment.method)
    return {
      value: valueOf(part),
      label: html`${what}${payment !== undefined && html`, ${instant(visit, face.zone, payment.paid_at)}`}:
        <strong>${visit.text.refund.left(money(visit, part.left_minor, row.currency))}</strong>`,
    }
  })
}
