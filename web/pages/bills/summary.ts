import type { Language } from '../../../domain/ports/channel.ts'
import type { CitizenTotal } from '../../../store/bills/citizen-totals.ts'
import type { BillView } from '../../bill-view.ts'
import { type Child, html } from '../../html.ts'
import type { Texts } from '../../texts/index.ts'
import { dayText } from '../../words/dates.ts'
import { moneyText } from '../../words/money.ts'

interface Summary {
  readonly text: Texts
  readonly language: Language
  readonly totals: readonly CitizenTotal[]
  /** The bill that is due next. */
  readonly next: BillView | null
  /** The page has bills that can be chosen. */
  readonly payable: boolean
}

/** The first thing to see: how much is to pay, how urgent it is, and the way to pay. */
export function summary({ text, language, totals, next, payable }: Summary): Child {
  if (totals.length === 0) {
    return html`<section class="g-total g-total-none">
      <p class="g-total-amount">${text.list.nothing}</p>
      <p>${text.list.nothingHint}</p>
    </section>`
  }
  const bills = totals.reduce((sum, total) => sum + total.bills, 0)
  const overdue = totals.reduce((sum, total) => sum + total.overdue, 0)
  const nextDue = next?.dueAt ? text.list.nextDue(dayText(language, next.zone, next.dueAt)) : null
  return html`<section class="g-total">
    <div>
      <dl>
        ${totals.map(
          (total) =>
            html`<div>
              <dt>${totals.length > 1 ? text.list.totalOf(total.currency) : text.list.total}</dt>
              <dd class="g-total-amount">${moneyText(language, total.owed_minor, total.currency)}</dd>
            </div>`,
        )}
      </dl>
      <p>${[text.list.count(bills), nextDue].filter((part) => part !== null).join(' · ')}</p>
      ${overdue > 0 && html`<p class="g-alert">${text.list.overdue(overdue)}</p>`}
    </div>
    ${
      payable &&
      html`<div class="g-total-pay">
        <button class="krds-btn primary xlarge" type="submit" form="pay">${text.list.pay}</button>
        <p>${text.list.payHint}</p>
      </div>`
    }
  </section>`
}
