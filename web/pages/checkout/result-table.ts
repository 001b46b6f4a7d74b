import type { CheckoutResult } from '../../../store/checkouts/checkout-result.ts'
import type { Context } from '../../http/context.ts'
import { type Child, html } from '../../html.ts'
import { badge, type Tone } from '../../parts/pieces.ts'
import { moneyText } from '../../words/money.ts'

type Outcome = NonNullable<CheckoutResult['outcome']> | 'waiting'

const TONES: Readonly<Record<Outcome, Tone>> = {
  allocated: 'success',
  refunded: 'warning',
  held: 'warning',
  credited: 'information',
  released: 'gray',
  waiting: 'information',
}

/** Each bill settles or is compensated alone, and each says how it went. */
export const resultTable = (bills: readonly CheckoutResult[], waiting: boolean, context: Context): Child =>
  html`<div class="g-table">
    <table>
      <caption class="sr-only">
        ${context.text.result.caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${context.text.result.bill}</th>
          <th scope="col">${context.text.result.outcome}</th>
          <th scope="col" class="g-number">${context.text.result.amount}</th>
        </tr>
      </thead>
      <tbody>
        ${bills.map((bill) => resultRow(bill, waiting, context))}
      </tbody>
    </table>
  </div>`

function resultRow(bill: CheckoutResult, waiting: boolean, { text, language }: Context): Child {
  const outcome: Outcome = bill.outcome ?? (waiting ? 'waiting' : 'released')
  return html`<tr>
    <th scope="row">
      <span class="g-bill-from">${language === 'ko' ? bill.institution_ko : bill.institution_en}</span>
      <a href="/bills/${bill.bill_id}">${bill.title}</a>${explanation(bill, outcome, { text, language })}
    </th>
    <td>${badge(TONES[outcome], text.result.outcomes[outcome])}</td>
    <td class="g-number">${moneyText(language, bill.amount_minor, bill.currency)}</td>
  </tr>`
}

function explanation(bill: CheckoutResult, outcome: Outcome, { text, language }: Pick<Context, 'text' | 'language'>): Child {
  if (outcome === 'credited') return html`<p>${text.result.creditedHint}</p>`
  if (outcome === 'held') return html`<p>${text.result.heldHint}</p>`
  if (bill.refund_state === null) return null
  const part = bill.allocated_minor > 0n && text.result.partRefunded(moneyText(language, bill.refund_minor, bill.currency))
  return html`<p>${part || text.result.refundReasons[bill.refund_reason ?? '']} ${text.result.refundStates[bill.refund_state]}</p>`
}
