import { type Child, html } from '../html.ts'
import type { Visit } from './context.ts'

export interface Column<Row> {
  readonly title: string
  readonly cell: (row: Row) => Child
  /** Numbers stand right. */
  readonly number?: boolean
}

/** A table whose first column names the row. On a phone each row stands as a card, with the titles beside the cells. */
export const table = <Row>(caption: string, rows: readonly Row[], columns: readonly Column<Row>[]): Child =>
  html`<div class="g-table g-rows">
    <table>
      <caption class="sr-only">
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(({ title, number }) => html`<th scope="col" ${number && html`class="g-number"`}>${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${columns.map(({ title, cell, number }, index) =>
                index === 0
                  ? html`<th scope="row">${cell(row)}</th>`
                  : html`<td ${number && html`class="g-number"`} data-title="${title}">${cell(row)}</td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`

export const empty = (words: string): Child => html`<p class="g-empty">${words}</p>`

/** Links to the next page, and back to the first where this is another. */
export function pages({ text }: Visit, path: string, query: URLSearchParams, next: string | null): Child {
  const to = (cursor: string | null): string => {
    const given = new URLSearchParams([...query].filter(([name, value]) => name !== 'cursor' && name !== 'lang' && value !== ''))
    if (cursor !== null) given.set('cursor', cursor)
    const search = given.toString()
    return search === '' ? path : `${path}?${search}`
  }
  const isFirst = !query.has('cursor')
  if (isFirst && next === null) return null
  return html`<p class="g-pages">
    ${!isFirst && html`<a href="${to(null)}">${text.first}</a>`} ${next !== null && html`<a href="${to(next)}" rel="next">${text.more}</a>`}
  </p>`
}
