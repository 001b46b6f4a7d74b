import type { BillView } from '../../bill-view.ts'
import { smallestPart } from '../../../domain/partial-payment.ts'
import { type Context, fieldsOf } from '../../http/context.ts'
import { holderOf, newFormKey } from '../../http/form-key.ts'
import { groupBy } from '../../group-by.ts'
import { type Child, html } from '../../html.ts'
import { dueWords } from '../../words/due.ts'
import { moneyText } from '../../words/money.ts'
import { statusBadge } from '../../words/status.ts'
import { partName } from './parts.ts'

const sumOf = (views: readonly BillView[]): bigint => views.reduce((sum, { owedMinor }) => sum + owedMinor, 0n)

/** One payment: its bills by institution with the sum of each, the total, and the button that starts it. */
export function paymentForm(context: Context, views: readonly BillView[], number: number): Child {
  const { text, language, root, visitor } = context
  const currency = views[0]?.bill.currency ?? 'KRW'
  const total = moneyText(language, sumOf(views), currency)
  const byInstitution = groupBy(views, ({ institutionId }) => institutionId)
  return html`<form class="g-payment" id="payment-${number}" tabindex="-1" method="post" action="/checkouts">
    <input type="hidden" name="key" value="${newFormKey(root.config, holderOf(visitor, views[0]?.id))}" />
    <input type="hidden" name="total" value="${sumOf(views)} ${currency}" />
    <div class="g-table">
      <table>
        <caption class="sr-only">
          ${text.pay.caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">${text.pay.bill}</th>
            <th scope="col" class="g-number">${text.pay.amount}</th>
          </tr>
        </thead>
        ${byInstitution.map((group) => institutionRows(group, context))}
        <tfoot>
          <tr>
            <th scope="row">${text.pay.total} <span class="g-count">${text.pay.totalOf(views.length)}</span></th>
            <td class="g-number g-sum">${total}</td>
          </tr>
        </tfoot>
      </table>
    </div>
    <p class="g-hint">${text.pay.next}</p>
    <p class="g-actions"><button class="krds-btn primary xlarge" type="submit">${text.pay.button(total)}</button></p>
  </form>`
}

function institutionRows(views: readonly BillView[], context: Context): Child {
  const { text, language } = context
  const [first] = views
  if (!first) return null
  return html`<tbody>
    <tr class="g-group">
      <th scope="rowgroup" colspan="2">${first.institution}</th>
    </tr>
    ${views.map(
      (view) =>
        html`<tr>
          <th scope="row">
            <input type="hidden" name="bill" value="${view.id}" />${view.title}
            <p>${text.due.label} ${dueWords(view, context).date}</p>
          </th>
          <td class="g-number">${moneyText(language, view.owedMinor, view.bill.currency)} ${partField(view, context)}</td>
        </tr>`,
    )}
    ${
      views.length > 1 &&
      html`<tr class="g-subtotal">
        <th scope="row">${text.pay.subtotal(first.institution)}</th>
        <td class="g-number">${moneyText(language, sumOf(views), first.bill.currency)}</td>
      </tr>`
    }
  </tbody>`
}

/** Where the policy takes a part, the citizen may write how much. Left empty, all of it is paid. */
function partField(view: BillView, { text, language, request }: Context): Child {
  const { currency } = view.bill
  const minimum = smallestPart(view.policy, currency)
  if (minimum === null || minimum >= view.owedMinor) return null
  const id = `part-${view.id}`
  const given = fieldsOf(request).one(partName(view.id))
  return html`<div class="g-part">
    <label for="${id}">${text.pay.part}</label>
    <input
      class="krds-input"
      id="${id}"
      name="${partName(view.id)}"
      value="${given}"
      inputmode="decimal"
      autocomplete="off"
      aria-describedby="${id}-hint"
    />
    <p class="g-hint" id="${id}-hint">${text.pay.partHint(moneyText(language, minimum, currency))}</p>
  </div>`
}

export const excludedSection = (views: readonly BillView[], { text }: Context): Child =>
  html`<section aria-labelledby="excluded">
    <h2 id="excluded">${text.pay.excluded}</h2>
    <p class="g-hint">${text.pay.excludedHint}</p>
    <ul class="g-plain">
      ${views.map((view) => html`<li><a href="/bills/${view.id}">${view.institution} ${view.title}</a> ${statusBadge(view, text)}</li>`)}
    </ul>
  </section>`
