import { paymentOfCheckout } from '../../../store/payments/payment-of-checkout.ts'
import { askToSignIn, leadTo } from '../../http/answers.ts'
import type { Context } from '../../http/context.ts'
import { html } from '../../html.ts'
import { sendPage } from '../../parts/layout.ts'
import { backLink, facts } from '../../parts/pieces.ts'
import { isoText, timeText } from '../../words/dates.ts'
import { moneyText } from '../../words/money.ts'
import { visibleCheckout } from './visible.ts'

/** The receipt of one payment, made to be printed: what was paid to whom, when and how. */
export async function receiptPage(context: Context): Promise<void> {
  const { root, text, language } = context
  const visible = await visibleCheckout(context)
  if (visible === null) return askToSignIn(context)
  const { checkout, bills } = visible
  const payment = await paymentOfCheckout(root.sql, checkout.id)
  const paid = bills.filter(({ allocated_minor: allocated }) => allocated > 0n)
  if (payment === null || paid.length === 0) return leadTo(context, `/checkouts/${checkout.id}/return`)
  const { currency } = payment
  const total = paid.reduce((sum, { allocated_minor: allocated }) => sum + allocated, 0n)
  const back = bills.reduce((sum, { refund_minor: refund }) => sum + refund, 0n)
  sendPage(context, {
    title: text.receipt.title,
    main: html`${backLink(`/checkouts/${checkout.id}/return`, text.result.caption)}
      <article class="g-receipt">
        <h1>${text.receipt.title}</h1>
        ${facts([
          [
            text.receipt.when,
            html`<time datetime="${isoText(payment.paid_at)}">${timeText(language, paid[0]?.zone ?? 'UTC', payment.paid_at)}</time>`,
          ],
          [text.receipt.method, text.methods[payment.method] ?? payment.method],
          [text.receipt.payment, html`<code>${payment.id}</code>`],
        ])}
        <div class="g-table">
          <table>
            <caption class="sr-only">
              ${text.receipt.caption}
            </caption>
            <thead>
              <tr>
                <th scope="col">${text.receipt.bill}</th>
                <th scope="col" class="g-number">${text.receipt.amount}</th>
              </tr>
            </thead>
            <tbody>
              ${paid.map(
                (bill) =>
                  html`<tr>
                    <th scope="row">
                      <span class="g-bill-from">${language === 'ko' ? bill.institution_ko : bill.institution_en}</span> ${bill.title}
                      <p>${text.receipt.number} ${bill.bill_number}</p>
                    </th>
                    <td class="g-number">${moneyText(language, bill.allocated_minor, currency)}</td>
                  </tr>`,
              )}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">${text.receipt.total}</th>
                <td class="g-number g-sum">${moneyText(language, total, currency)}</td>
              </tr>
            </tfoot>
          </table>
        </div>
        ${back > 0n && html`<p>${text.receipt.refundedLine(moneyText(language, back, currency))}</p>`}
      </article>
      <p class="g-hint g-no-print">${text.receipt.print}</p>`,
  })
}
