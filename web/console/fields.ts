import { type Currency, exponentOf } from '../../domain/currencies.ts'
import { GojiError } from '../../domain/errors.ts'
import { type Money, parseMoney } from '../../domain/money.ts'
import { type Child, html } from '../html.ts'
import { line, text as plainText } from '../../schemas/text.ts'
import type { ClerkVisit } from './context.ts'

const REASON_MAX = 300

/** The reason as it was written, or null where the API would refuse it too. */
export function readReason(typed: string): string | null {
  const parsed = plainText(REASON_MAX).safeParse(typed.trim())
  return parsed.success ? parsed.data : null
}

export interface Field {
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

/** With a hint it may be left empty. */
export const dateField = ({ text }: ClerkVisit, { value, error }: Field, hint?: string): Child =>
  html`<div class="g-field ${error !== null && 'g-field-wrong'}">
    <label for="dueDate">${text.form.date}</label>
    ${hint !== undefined && html`<p class="g-hint" id="dueDate-hint">${hint}</p>`} ${wrong('dueDate', error)}
    <input
      class="krds-input"
      type="date"
      id="dueDate"
      name="dueDate"
      value="${value}"
      ${hint === undefined && html`required`}
      ${(hint !== undefined || error !== null) && html`aria-describedby="${hint !== undefined && 'dueDate-hint'}${describe('dueDate', error)}"`}
      ${error !== null && html`aria-invalid="true"`}
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

interface NameField {
  readonly id: 'owner' | 'bill'
  readonly label: string
}

export const nameField = ({ id, label }: NameField, { value, error }: Field): Child =>
  html`<div class="g-field ${error !== null && 'g-field-wrong'}">
    <label for="${id}">${label}</label>
    ${wrong(id, error)}
    <input
      class="krds-input"
      type="text"
      id="${id}"
      name="${id}"
      maxlength="${NAME_MAX}"
      value="${value}"
      ${error !== null && html`aria-invalid="true" aria-describedby="${id}-error"`}
    />
  </div>`

/** A day of the calendar, such as 2026-12-31. */
export const isDay = (typed: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(typed) && !Number.isNaN(Date.parse(typed)) && new Date(typed).toISOString().startsWith(typed)

/** Thousands that are parted by commas or blanks. A comma elsewhere may be meant as a decimal point, and is not guessed at. */
const GROUPED = /^-?\d{1,3}(?:[,\s]\d{3})+(?:\.\d+)?$/

/** An amount as people type it, its thousands parted or not; null where it is none of the currency. */
export function readAmount(typed: string, currency: Currency): Money | null {
  try {
    return parseMoney({ amount: GROUPED.test(typed) ? typed.replace(/[,\s]/g, '') : typed, currency })
  } catch (error) {
    if (error instanceof GojiError) return null
    throw error
  }
}

export const amountField = (
  { text }: ClerkVisit,
  { label, hint, currency }: { readonly label: string; readonly hint: string; readonly currency: Currency },
  { value, error }: Field,
): Child =>
  html`<div class="g-field ${error !== null && 'g-field-wrong'}">
    <label for="amount">${label}</label>
    <p class="g-hint" id="amount-hint">${hint} ${text.form.amountHint(currency, exampleOf(currency))}</p>
    ${wrong('amount', error)}
    <input
      class="krds-input"
      type="text"
      inputmode="${exponentOf(currency) === 0 ? 'numeric' : 'decimal'}"
      id="amount"
      name="amount"
      maxlength="24"
      autocomplete="off"
      value="${value}"
      aria-describedby="amount-hint${describe('amount', error)}"
      ${error !== null && html`aria-invalid="true"`}
    />
  </div>`

/** An amount with exactly the currency's digits. */
export function exampleOf(currency: Currency): string {
  const digits = exponentOf(currency)
  return digits === 0 ? '12500' : `125.${'5'.padEnd(digits, '0')}`
}

interface Choices {
  readonly name: string
  readonly legend: string
  readonly hint?: string
  readonly options: readonly { readonly value: string; readonly label: Child }[]
}

/** Radio buttons; the first is `<name>-0`, to which an error leads. */
export const choiceField = ({ name, legend, hint, options }: Choices, { value, error }: Field): Child =>
  html`<fieldset class="g-choices" ${error !== null && html`aria-describedby="${name}-error"`}>
    <legend>${legend}</legend>
    ${hint !== undefined && html`<p class="g-hint">${hint}</p>`} ${wrong(name, error)}
    ${options.map(
      (option, index) =>
        html`<p class="krds-form-check large">
          <input type="radio" id="${name}-${index}" name="${name}" value="${option.value}" ${value === option.value && html`checked`} />
          <label for="${name}-${index}"><span>${option.label}</span></label>
        </p>`,
    )}
  </fieldset>`
