import { CHECKOUT_BILLS_MAX } from '../../../store/commands/begin-checkout.ts'
import { isId } from '../../../store/ids.ts'
import type { BillView } from '../../bill-view.ts'
import { askToSignIn, leadTo, visibleBills } from '../../http/answers.ts'
import { type Context, queryOf } from '../../http/context.ts'
import { groupBy } from '../../group-by.ts'
import { html } from '../../html.ts'
import { sendPage } from '../../parts/layout.ts'
import { backLink, errorSummary } from '../../parts/pieces.ts'
import { payAddress } from './choose.ts'
import { excludedSection, paymentForm } from './forms.ts'

/** What is about to be paid, and how much of it goes to whom. */
export async function payPage(context: Context): Promise<void> {
  const ids = [
    ...new Set(
      queryOf(context.request)
        .getAll('bill')
        .filter((id) => isId('bill', id)),
    ),
  ]
  if (ids.length === 0) return leadTo(context, '/bills')
  await showPayment(context, ids)
}

/** The page, also as the answer to a payment that could not start: `problem` says why. */
export async function showPayment(context: Context, ids: readonly string[], problem?: string): Promise<void> {
  const { text, visitor } = context
  const tooMany = ids.length > CHECKOUT_BILLS_MAX
  const views = await visibleBills(context, ids.slice(0, CHECKOUT_BILLS_MAX))
  if (views === null) return askToSignIn(context)
  const groups = tooMany ? [] : paymentsOf(views)
  const excluded = tooMany ? [] : views.filter(({ payable }) => !payable)
  const nothing = groups.length === 0 ? text.pay.nothing : undefined
  const message = tooMany ? text.pay.refused['too_many_bills'] : (problem ?? nothing)
  const isOwn = views.every(({ citizenId }) => citizenId === visitor.session?.citizenId)
  sendPage(context, {
    title: text.pay.title,
    status: message === undefined ? 200 : 409,
    hasError: message !== undefined,
    formsLeadOut: true,
    path: payAddress(ids),
    main: html`${message !== undefined && errorSummary(text, [{ field: 'payment-1', message }])}
      ${isOwn ? backLink('/bills', text.back.bills) : backLink(`/bills/${ids[0] ?? ''}`, text.back.bill)}
      <h1 id="${groups.length === 0 ? 'payment-1' : 'pay'}" tabindex="-1">${text.pay.title}</h1>
      ${groups.length > 1 && html`<p class="g-note">${text.pay.several}</p>`}
      ${groups.map((group, index) => paymentForm(context, group, index + 1))} ${excluded.length > 0 && excludedSection(excluded, context)}`,
  })
}

/** One payment is of one citizen, in one currency, and either test or live. */
const paymentsOf = (views: readonly BillView[]): BillView[][] =>
  groupBy(
    views.filter(({ payable }) => payable),
    ({ citizenId, mode, bill }) => `${citizenId} ${mode} ${bill.currency}`,
  )
