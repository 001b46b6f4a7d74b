import { GojiError, notFound } from '../../../domain/errors.ts'
import { assertOwned } from '../../../store/bills/assert-owned.ts'
import { html } from '../../html.ts'
import { fieldsOf } from '../../http/context.ts'
import { backLink, errorSummary, type FieldError } from '../../parts/pieces.ts'
import { billOf } from '../bill-data.ts'
import { type ClerkVisit, formKey } from '../context.ts'
import { dateField, readReason, reasonField, sureField } from '../fields.ts'
import { sendConsole } from '../layout.ts'
import { doOnce } from '../once.ts'
import { carryOut, isFinal, type OrderName, ORDERS } from '../orders.ts'
import { money, statusBadge } from '../words.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/

function orderOf({ request }: ClerkVisit): OrderName {
  const name = ORDERS.find((one) => one === request.params['order'])
  if (name === undefined) throw notFound('page')
  return name
}

/** Says what an order does, and asks for its reason. */
export const orderPage = (visit: ClerkVisit): Promise<void> => showOrder(visit, orderOf(visit), [])

/** Carries the order out, once, and shows the bill. */
export async function giveOrder(visit: ClerkVisit): Promise<void> {
  const { request, clerk, now, text, response } = visit
  const name = orderOf(visit)
  const fields = fieldsOf(request)
  const billId = String(request.params['id'])
  const reason = readReason(fields.one('reason'))
  const dueDate = fields.one('dueDate')
  const isDate = DAY.test(dueDate) && !Number.isNaN(Date.parse(dueDate)) && new Date(dueDate).toISOString().startsWith(dueDate)
  const errors: FieldError[] = [
    ...(name === 'extend' && !isDate ? [{ field: 'dueDate', message: text.form.dateMissing }] : []),
    ...(reason === null ? [{ field: 'reason', message: text.form.reasonMissing }] : []),
    ...(isFinal(name) && fields.one('sure') === '' ? [{ field: 'sure', message: text.form.sureMissing }] : []),
  ]
  if (errors.length > 0 || reason === null) return showOrder(visit, name, errors)
  try {
    await doOnce(visit, async (tx) => {
      await assertOwned(tx, clerk.owner, billId)
      return carryOut(tx, name, { billId, reason, actor: `key:${clerk.key.id}` }, dueDate, now)
    })
  } catch (error) {
    if (!(error instanceof GojiError) || (error.kind !== 'conflict' && error.kind !== 'invalid')) throw error
    const field = error.pointer === '/dueDate' ? 'dueDate' : 'reason'
    return showOrder(visit, name, [{ field, message: text.form.refused[error.code] ?? text.form.refusedOther }], 409)
  }
  response.redirect(303, `/console/bills/${billId}?done`)
}

async function showOrder(visit: ClerkVisit, name: OrderName, errors: readonly FieldError[], status = 400): Promise<void> {
  const { text, common, request } = visit
  const data = await billOf(visit)
  const { face, row, bill, owedMinor } = data
  const fields = fieldsOf(request)
  const wrong = (field: string): string | null => errors.find((one) => one.field === field)?.message ?? null
  const field = (id: string): { value: string; error: string | null } => ({ value: fields.one(id), error: wrong(id) })
  const { title, what } = text.order[name]
  const path = `/console/bills/${row.id}`
  sendConsole(visit, {
    title,
    section: 'bills',
    status: errors.length > 0 ? status : 200,
    hasError: errors.length > 0,
    path: `${path}/${name}`,
    main: html`${backLink(path, text.back.bill)} ${errorSummary(common, errors)}
      <h1>${title}</h1>
      <p class="g-lead">${what}</p>
      <p>
        <strong>${face.title}</strong> ${row.bill_number} ${statusBadge(visit, row.status)}
        ${bill.asksMoney && html`· ${text.bill.owed} <strong>${money(visit, owedMinor, row.currency)}</strong>`}
      </p>
      <form method="post" action="${path}/${name}" class="g-form" novalidate>
        <input type="hidden" name="key" value="${formKey(visit)}" />
        ${name === 'extend' && dateField(visit, field('dueDate'))} ${reasonField(visit, field('reason'))}
        ${isFinal(name) && sureField(visit, field('sure'))}
        <p class="g-actions">
          <button class="krds-btn ${isFinal(name) ? 'g-danger' : 'primary'} large" type="submit">${title}</button>
          <a href="${path}">${text.form.keep}</a>
        </p>
      </form>`,
  })
}
