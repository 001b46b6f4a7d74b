import { type Child, html } from '../html.ts'
import { fieldsOf } from '../http/context.ts'
import { backLink, errorSummary, type FieldError } from '../parts/pieces.ts'
import type { BillData } from './bill-data.ts'
import { type ClerkVisit, formKey } from './context.ts'
import type { Field } from './fields.ts'
import { sendConsole } from './layout.ts'
import type { BillOrder } from './orders.ts'
import { money, statusBadge } from './words.ts'

/** A form's field by its name: as it was sent, and what is wrong with it. */
export const fieldReader =
  ({ request }: ClerkVisit, errors: readonly FieldError[]): ((id: string) => Field) =>
  (id) => ({
    value: fieldsOf(request).one(id),
    error: errors.find(({ field }) => field === id || field === `${id}-0`)?.message ?? null,
  })

interface OrderForm {
  readonly name: BillOrder
  readonly errors: readonly FieldError[]
  /** Where the form is wrong. */
  readonly status: number
  readonly fields: Child
  /** Cannot be undone, and its button looks so. */
  readonly isFinal?: boolean
  /** In place of the form, where there is nothing to order. */
  readonly instead?: string
}

/** The page of one order about a bill: what it does, the bill it is about, and its fields. */
export function sendOrderForm(visit: ClerkVisit, data: BillData, form: OrderForm): void {
  const { text, common } = visit
  const { name, errors, status, fields, isFinal = false, instead } = form
  const { face, row, bill, owedMinor } = data
  const { title, what } = text.order[name]
  const path = `/console/bills/${row.id}`
  sendConsole(visit, {
    title,
    section: 'bills',
    status: errors.length > 0 ? status : 200,
    hasError: errors.length > 0,
    path: `${path}/${name}`,
    main: html`${backLink(path, text.back.bill)} ${instead === undefined && errorSummary(common, errors)}
      <h1>${title}</h1>
      <p class="g-lead">${what}</p>
      <p>
        <strong>${face.title}</strong> ${row.bill_number} ${statusBadge(visit, row.status)}
        ${bill.asksMoney && html`· ${text.bill.owed} <strong>${money(visit, owedMinor, row.currency)}</strong>`}
      </p>
      ${instead !== undefined && html`<p class="g-note">${instead}</p>`}
      ${
        instead === undefined &&
        html`<form method="post" action="${path}/${name}" class="g-form" novalidate>
          <input type="hidden" name="key" value="${formKey(visit)}" />
          ${fields}
          <p class="g-actions">
            <button class="krds-btn ${isFinal ? 'g-danger' : 'primary'} large" type="submit">${title}</button>
            <a href="${path}">${text.form.keep}</a>
          </p>
        </form>`
      }`,
  })
}
