import { type Child, html } from '../html.ts'
import { line, text as plainText } from '../../api/schemas/text.ts'
import type { ClerkVisit } from './context.ts'

const REASON_MAX = 300

/** The reason as it was written, or null where the API would refuse it too. */
export function readReason(typed: string): string | null {
  const parsed = plainText(REASON_MAX).safeParse(typed.trim())
  return parsed.success ? parsed.data : null
}

interface Field {
  readonly value: string
  readonly error: string | null
}

const wrong = (id: string, error: string | null): Child => error !== null && html`<p class="g-wrong" id="${id}-error">${error}</p>`
const describe = (id: string, error: string | null): string => (error === null ? '' : ` ${id}-error`)

export const reasonField = ({ text }: ClerkVisit, { value, error }: Field): Child =>
  html`<div class="g-field ${error !== null && 'g-field-wrong'}">
    <label for="reason">${text.form.reason}</label>
    <p class="g-hint" id="reason-hint">${text.form.reasonHint}</p>
    ${wrong('reason', error)}
    <textarea
      class="krds-input"
      id="reason"
      name="reason"
      rows="3"
      maxlength="${REASON_MAX}"
      required
      aria-describedby="reason-hint${describe('reason', error)}"
      ${error !== null && html`aria-invalid="true"`}
    >
${value}</textarea>
  </div>`

export const dateField = ({ text }: ClerkVisit, { value, error }: Field): Child =>
  html`<div class="g-field ${error !== null && 'g-field-wrong'}">
    <label for="dueDate">${text.form.date}</label>
    ${wrong('dueDate', error)}
    <input
      class="krds-input"
      type="date"
      id="dueDate"
      name="dueDate"
      value="${value}"
      required
      ${error !== null && html`aria-invalid="true" aria-describedby="dueDate-error"`}
    />
  </div>`

export const sureField = ({ text }: ClerkVisit, { value, error }: Field): Child =>
  html`<div class="g-field ${error !== null && 'g-field-wrong'}">
    ${wrong('sure', error)}
    <p class="krds-form-check large">
      <input
        type="checkbox"
        id="sure"
        name="sure"
        value="1"
        ${value !== '' && html`checked`}
        ${error !== null && html`aria-invalid="true" aria-describedby="sure-error"`}
      />
      <label for="sure">${text.form.sure}</label>
    </p>
  </div>`

const NAME_MAX = 80

/** A short name as it was written, or null where the API would refuse it too. */
export function readName(typed: string): string | null {
  const parsed = line(NAME_MAX).safeParse(typed.trim())
  return parsed.success ? parsed.data : null
}

export const nameField = (label: string, { value, error }: Field): Child =>
  html`<div class="g-field ${error !== null && 'g-field-wrong'}">
    <label for="owner">${label}</label>
    ${wrong('owner', error)}
    <input
      class="krds-input"
      type="text"
      id="owner"
      name="owner"
      maxlength="${NAME_MAX}"
      value="${value}"
      required
      ${error !== null && html`aria-invalid="true" aria-describedby="owner-error"`}
    />
  </div>`
