import type { BillView } from '../../bill-view.ts'
import type { Context } from '../../http/context.ts'
import { holderOf, newFormKey } from '../../http/form-key.ts'
import { type Child, html } from '../../html.ts'
import { dateText, isoText } from '../../words/dates.ts'
import { dueWords } from '../../words/due.ts'
import { moneyText } from '../../words/money.ts'

/** How much, until when, and the button to pay it. */
export function amountCard(context: Context, view: BillView, isOwn: boolean): Child {
  const { text, language } = context
  const { bill } = view
  if (!bill.asksMoney) return html`<section class="g-total g-total-none"><p>${text.bill.amountNone}</p></section>`
  if (!view.payable) {
    const paid = bill.status === 'paid' || bill.status === 'settled'
    const minor = paid ? bill.paidMinor - bill.refundedMinor : bill.chargedMinor
    return html`<section class="g-total ${paid && 'g-total-done'}">
      <dl>
        <div>
          <dt>${paid ? text.bill.amountPaid : text.bill.charged}</dt>
          <dd class="g-total-amount">${moneyText(language, minor, bill.currency)}</dd>
        </div>
      </dl>
    </section>`
  }
  const due = dueWords(view, context)
  // The payment under way may hold other bills too, which somebody who came by a link is not shown.
  const continued = isOwn ? view.checkoutId : null
  const received = bill.paidMinor - bill.refundedMinor
  return html`<section class="g-total">
    <dl>
      <div>
        <dt>${text.bill.amount}</dt>
        <dd class="g-total-amount">${moneyText(language, view.owedMinor, bill.currency)}</dd>
      </div>
      <div>
        <dt>${text.due.label}</dt>
        <dd>
          ${view.dueAt === null ? due.date : html`<time datetime="${isoText(view.dueAt)}">${due.date}</time>`}
          ${due.left && html`<strong class="${due.urgent ? 'g-urgent' : 'g-left'}">${due.left}</strong>`}
        </dd>
      </div>
    </dl>
    ${feeLines(view, context)}
    ${received > 0n && html`<p>${text.bill.paidSoFar(moneyText(language, received, bill.currency), moneyText(language, bill.chargedMinor, bill.currency))}</p>`}
    ${continued !== null && html`<p><a class="krds-btn primary xlarge g-wide" href="/checkouts/${continued}">${text.bill.continuePaying}</a></p>`}
    ${payForm(context, view, continued !== null)}
    <p class="g-hint">${text.pay.next}</p>
  </section>`
}

/** What paying early saves now, and what being late has cost so far. */
function feeLines({ early, bill, zone }: BillView, { text, language }: Context): Child {
  return html`${
    early !== null &&
    html`<p>
      ${
        early.until === null
          ? text.bill.early(moneyText(language, early.minor, bill.currency))
          : text.bill.earlyUntil(moneyText(language, early.minor, bill.currency), dateText(language, zone, early.until))
      }
    </p>`
  }
  ${bill.surchargedMinor > 0n && html`<p>${text.bill.surcharged(moneyText(language, bill.surchargedMinor, bill.currency))}</p>`}`
}

/** Everything that the confirming page would say stands on this one, so one bill is paid from here. */
const payForm = ({ root, visitor, text, language }: Context, view: BillView, anew: boolean): Child =>
  html`<form method="post" action="/checkouts">
    <input type="hidden" name="key" value="${newFormKey(root.config, holderOf(visitor, view.id))}" />
    <input type="hidden" name="bill" value="${view.id}" />
    <input type="hidden" name="total" value="${view.owedMinor} ${view.bill.currency}" />
    <button class="krds-btn ${anew ? 'secondary' : 'primary'} xlarge g-wide" type="submit">
      ${anew ? text.bill.payAnew : text.bill.pay(moneyText(language, view.owedMinor, view.bill.currency))}
    </button>
  </form>`
