import { principalMinor } from '../../../domain/bill.ts'
import type { BillPayment } from '../../../store/payments/payments-of-bill.ts'
import type { BillView } from '../../bill-view.ts'
import { type Child, html } from '../../html.ts'
import { facts } from '../../parts/pieces.ts'
import type { Texts } from '../../texts/index.ts'
import { dateText, isoText, timeText } from '../../words/dates.ts'
import { moneyText } from '../../words/money.ts'
import { nextSteps, standstill } from '../../words/next-steps.ts'
import type { StoryLine } from '../../words/story.ts'
import type { Reader } from '../../words/reader.ts'

/** Every step to come with its date: the plan itself, in plain words. */
export function nextSection(view: BillView, reader: Reader): Child {
  const { text } = reader
  const halted = standstill(view, text)
  const steps = halted === null ? nextSteps(view, reader) : []
  return html`<section aria-labelledby="next">
    <h2 id="next">${text.next.title}</h2>
    ${halted !== null && html`<p>${halted}</p>`} ${halted === null && steps.length === 0 && html`<p>${text.next.none}</p>`}
    ${
      steps.length > 0 &&
      html`<ol class="g-timeline">
          ${steps.map(
            (step) =>
              html`<li>
                <p class="g-timeline-when"><time datetime="${isoText(step.at)}">${step.when}</time></p>
                <p>${step.sentence}</p>
              </li>`,
          )}
        </ol>
        <p class="g-hint">${view.bill.asksMoney ? text.next.ifUnpaid : text.next.ifUnread}</p>`
    }
  </section>`
}

export const detailsSection = (view: BillView, { text, language }: Reader): Child =>
  html`<section aria-labelledby="details">
    <h2 id="details">${text.bill.details}</h2>
    ${facts([
      [text.bill.institution, view.institution],
      [text.bill.kind, view.kind],
      [text.bill.number, view.number],
      ...(view.bill.issuedAt === null ? [] : [[text.bill.issued, dateText(language, view.zone, view.bill.issuedAt)] as const]),
      ...(view.bill.asksMoney ? chargedFacts(view, text, language) : []),
      ...view.details.map(({ label, value }) => [label, value] as const),
    ])}
  </section>`

/** What was billed, and what fees made of it. */
function chargedFacts({ bill }: BillView, { bill: words }: Texts, language: Reader['language']): (readonly [string, string])[] {
  const money = (minor: bigint): string => moneyText(language, minor, bill.currency)
  return [
    [words.charged, money(principalMinor(bill))],
    ...(bill.surchargedMinor > 0n ? [[words.surcharge, money(bill.surchargedMinor)] as const] : []),
    ...(bill.reducedMinor > 0n ? [[words.reduction, money(-bill.reducedMinor)] as const] : []),
  ]
}

/** A receipt names every bill of its payment, so one that came by a link sees only a receipt of this bill alone. */
export const paymentsSection = (payments: readonly BillPayment[], view: BillView, isOwn: boolean, { text, language }: Reader): Child =>
  payments.length > 0 &&
  html`<section aria-labelledby="payments">
    <h2 id="payments">${text.bill.payments}</h2>
    <div class="g-table">
      <table>
        <caption class="sr-only">
          ${text.bill.paymentsCaption}
        </caption>
        <thead>
          <tr>
            <th scope="col">${text.bill.when}</th>
            <th scope="col">${text.bill.method}</th>
            <th scope="col" class="g-number">${text.pay.amount}</th>
          </tr>
        </thead>
        <tbody>
          ${payments.map((payment) => paymentRow(payment, view, isOwn, text, language))}
        </tbody>
      </table>
    </div>
  </section>`

function paymentRow(payment: BillPayment, view: BillView, isOwn: boolean, text: Texts, language: Reader['language']): Child {
  const date = timeText(language, view.zone, payment.paid_at)
  const receipt = payment.checkout_id !== null && (isOwn || payment.bills === 1)
  return html`<tr>
    <th scope="row">${receipt ? html`<a href="/checkouts/${payment.checkout_id}/receipt">${text.bill.receiptOf(date)}</a>` : date}</th>
    <td>${text.methods[payment.method] ?? payment.method}</td>
    <td class="g-number">${moneyText(language, payment.amount_minor, payment.currency)}</td>
  </tr>`
}

export const storySection = (lines: readonly StoryLine[], { zone }: BillView, { text, language }: Reader): Child =>
  html`<section aria-labelledby="story">
    <h2 id="story">${text.bill.story}</h2>
    <ol class="g-timeline g-timeline-past">
      ${lines.map(
        (line) =>
          html`<li>
            <p class="g-timeline-when"><time datetime="${isoText(line.at)}">${timeText(language, zone, line.at)}</time></p>
            <p>${line.sentence}${line.reason && html` <span>${line.reason}</span>`}</p>
          </li>`,
      )}
    </ol>
  </section>`

export const contactSection = ({ institution, number }: BillView, text: Texts): Child =>
  html`<section aria-labelledby="contact">
    <h2 id="contact">${text.bill.contact}</h2>
    <p>${text.bill.contactText(institution, number)}</p>
  </section>`
