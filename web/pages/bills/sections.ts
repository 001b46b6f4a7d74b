import type { Language } from '../../../domain/ports/channel.ts'
import type { InstitutionName } from '../../../store/institutions/institutions-of-citizen.ts'
import type { Section } from './section.ts'
import { type Child, html } from '../../html.ts'
import type { Texts } from '../../texts/index.ts'
import type { Reader } from '../../words/reader.ts'
import { billItem, payableItem } from './item.ts'
import { LIST_STATES, type ListQuery, listAddress } from './query.ts'

export const toPaySection = (section: Section, query: ListQuery, reader: Reader): Child =>
  html`<section aria-labelledby="to-pay">
    <div class="g-section-head">
      <h2 id="to-pay" tabindex="-1">${reader.text.list.toPay} <span class="g-count">${reader.text.list.count(section.total)}</span></h2>
      <p class="g-select">
        <a href="${listAddress(query, { select: 'all' })}">${reader.text.list.selectAll}</a>
        <a href="${listAddress(query, { select: 'none' })}">${reader.text.list.selectNone}</a>
      </p>
    </div>
    <form id="pay" method="post" action="/pay">
      <ul class="g-bills">
        ${section.views.map((view) => payableItem(view, query.select === 'all', reader))}
      </ul>
      <p class="g-actions"><button class="krds-btn primary xlarge" type="submit">${reader.text.list.pay}</button></p>
    </form>
    ${pages(section, query, reader.text)}
  </section>`

export const noticesSection = (section: Section, reader: Reader): Child =>
  html`<section aria-labelledby="notices">
    <div class="g-section-head">
      <h2 id="notices">${reader.text.list.notices} <span class="g-count">${reader.text.list.count(section.total)}</span></h2>
    </div>
    <p class="g-hint">${reader.text.list.noticesHint}</p>
    <ul class="g-bills">
      ${section.views.map((view) => billItem(view, reader))}
    </ul>
  </section>`

/** Folded under the open ones; unfolded, with pages, where it was asked for. */
export function doneSection(section: Section, query: ListQuery, reader: Reader): Child {
  const { text } = reader
  const list = html`<ul class="g-bills g-bills-done">
    ${section.views.map((view) => billItem(view, reader))}
  </ul>`
  if (query.state === 'done') {
    return html`<section aria-labelledby="done">
      <div class="g-section-head">
        <h2 id="done">${text.list.done} <span class="g-count">${text.list.count(section.total)}</span></h2>
      </div>
      ${list}${pages(section, query, text)}
    </section>`
  }
  return html`<details class="g-details">
    <summary><h2>${text.list.doneCount(section.total)}</h2></summary>
    ${list}
    ${section.total > section.views.length && html`<p><a href="${listAddress(query, { state: 'done', page: 1 })}">${text.list.doneAll}</a></p>`}
  </details>`
}

export const filterForm = (query: ListQuery, institutions: readonly InstitutionName[], text: Texts, language: Language): Child =>
  html`<details class="g-details g-filter" ${(query.state !== null || query.institution !== null) && html`open`}>
    <summary>${text.list.filter}</summary>
    <form method="get" action="/bills" class="g-filter-form">
      <p>
        <label for="state">${text.list.filterState}</label>
        <select id="state" name="state" class="krds-form-select medium">
          <option value="">${text.list.filterAll}</option>
          ${LIST_STATES.map((state) => option(state, text.list.states[state], query.state))}
        </select>
      </p>
      <p>
        <label for="institution">${text.list.filterInstitution}</label>
        <select id="institution" name="institution" class="krds-form-select medium">
          <option value="">${text.list.filterAll}</option>
          ${institutions.map(({ id, name_ko, name_en }) => option(id, language === 'ko' ? name_ko : name_en, query.institution))}
        </select>
      </p>
      <p class="g-filter-actions">
        <button class="krds-btn secondary medium" type="submit">${text.list.filterApply}</button>
        <a href="/bills">${text.list.filterClear}</a>
      </p>
    </form>
  </details>`

const option = (value: string, label: string, chosen: string | null): Child =>
  html`<option value="${value}" ${value === chosen && html`selected`}>${label}</option>`

const pages = ({ page, pages: count }: Section, query: ListQuery, text: Texts): Child =>
  count > 1 &&
  html`<nav class="g-pages" aria-label="${text.list.pages}">
    ${page > 1 && html`<a rel="prev" href="${listAddress(query, { page: page - 1 })}">${text.list.previous}</a>`}
    <span aria-current="page">${text.list.page(page, count)}</span>
    ${page < count && html`<a rel="next" href="${listAddress(query, { page: page + 1 })}">${text.list.next}</a>`}
  </nav>`
