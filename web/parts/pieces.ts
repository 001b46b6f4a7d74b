import type { Texts } from '../texts/index.ts'
import { type Child, html } from '../html.ts'

export interface FieldError {
  /** Id of the field that the error is about. */
  readonly field: string
  readonly message: string
}

/** What is wrong, at the head of the page, each with a link to its field. It takes the focus, so a screen reader says it first. */
export const errorSummary = (text: Texts, errors: readonly FieldError[]): Child =>
  errors.length > 0 &&
  html`<div class="g-errors" role="alert" tabindex="-1" autofocus aria-labelledby="errors-title">
    <h2 id="errors-title">${text.errorSummary}</h2>
    <ul>
      ${errors.map(({ field, message }) => html`<li><a href="#${field}">${message}</a></li>`)}
    </ul>
  </div>`

export type Tone = 'primary' | 'danger' | 'success' | 'warning' | 'information' | 'gray'

export const badge = (tone: Tone, label: string): Child => html`<span class="krds-badge bg-light-${tone}">${label}</span>`

export const backLink = (href: string, label: string): Child => html`<p class="g-back"><a href="${href}">${label}</a></p>`

/** Label and value pairs. */
export const facts = (pairs: readonly (readonly [Child, Child])[]): Child =>
  html`<dl class="g-facts">
    ${pairs.map(
      ([label, value]) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`

export type BannerTone = 'success' | 'information' | 'warning' | 'danger'

const PICTURES: Readonly<Record<BannerTone, string>> = {
  success: 'ico_success_fill',
  information: 'ico_information_fill',
  warning: 'ico_warning_fill',
  danger: 'ico_error_fill',
}

/** One message that stands for the whole page: done, waiting, or not done. */
export const banner = (tone: BannerTone, title: Child, message: Child): Child =>
  html`<div class="g-banner g-banner-${tone}">
    <img src="/assets/krds/img/component/icon/${PICTURES[tone]}.svg" alt="" width="40" height="40" />
    <div>
      <h1>${title}</h1>
      <p>${message}</p>
    </div>
  </div>`
