import { principalMinor } from '../../../domain/bill.ts'
import { assertOwned } from '../../../store/bills/assert-owned.ts'
import { amendBill } from '../../../store/commands/amend-bill.ts'
import { fieldsOf } from '../../http/context.ts'
import { facts, type FieldError } from '../../parts/pieces.ts'
import { dateText } from '../../words/dates.ts'
import { billOf } from '../bill-data.ts'
import type { ClerkVisit } from '../context.ts'
import { amountField, dateField, exampleOf, isDay, readAmount, readReason, reasonField, sureField } from '../fields.ts'
import { tryOnce } from '../once.ts'
import { fieldReader, sendOrderForm } from '../order-form.ts'
import { money } from '../words.ts'

/** Asks for a bill's right amount or due date, and says what was wrong about it. */
export const amendPage = (visit: ClerkVisit): Promise<void> => showForm(visit, [])

/** Corrects the bill, once, and shows it. */
export async function giveAmendment(visit: ClerkVisit): Promise<void> {
  const { request, clerk, now, text, response } = visit
  const { row } = await billOf(visit)
  const fields = fieldsOf(request)
  const [typed, day] = [fields.one('amount').trim(), fields.one('dueDate')]
  const amount = typed === '' ? undefined : readAmount(typed, row.currency)
  const reason = readReason(fields.one('reason'))
  const errors: FieldError[] = [
    ...(typed === '' && day === '' ? [{ field: 'amount', message: text.form.refused['amendment_empty'] ?? '' }] : []),
    ...(amount === null ? [{ field: 'amount', message: text.form.amountMissing(row.currency, exampleOf(row.currency)) }] : []),
    ...(day !== '' && !isDay(day) ? [{ field: 'dueDate', message: text.form.dateMissing }] : []),
    ...(reason === null ? [{ field: 'reason', message: text.form.reasonMissing }] : []),
    ...(fields.one('sure') === '' ? [{ field: 'sure', message: text.form.sureMissing }] : []),
  ]
  if (errors.length > 0 || reason === null || amount === null) return showForm(visit, errors)
  const refused = await tryOnce(
    visit,
    async (tx) => {
      await assertOwned(tx, clerk.owner, row.id)
      const order = { billId: row.id, reason, actor: `key:${clerk.key.id}`, amount, dueDate: day === '' ? undefined : day }
      return amendBill(tx, order, now)
    },
    'reason',
    ({ pointer, code }) =>
      pointer === '/dueDate' ? 'dueDate' : pointer.startsWith('/amount') || code === 'amendment_empty' ? 'amount' : undefined,
  )
  if (refused !== null) return showForm(visit, [refused], 409)
  response.redirect(303, `/console/bills/${row.id}?done`)
}

async function showForm(visit: ClerkVisit, errors: readonly FieldError[], status = 400): Promise<void> {
  const { text, language } = visit
  const data = await billOf(visit)
  const { bill, row, dueAt, face } = data
  const field = fieldReader(visit, errors)
  const fields = [
    facts([
      [text.amend.amountNow, money(visit, principalMinor(bill), row.currency)],
      [text.amend.dueNow, dueAt === null ? text.bill.noDue : dateText(language, face.zone, dueAt)],
    ]),
    amountField(visit, { label: text.amend.amount, hint: text.amend.amountHint, currency: row.currency }, field('amount')),
    dateField(visit, field('dueDate'), text.amend.dateHint),
    reasonField(visit, field('reason')),
    sureField(visit, field('sure')),
  ]
  sendOrderForm(visit, data, { name: 'amend', errors, status, fields })
}
