import type { z } from 'zod'
import { GojiError } from '../../../domain/errors.ts'
import { giveRefundAccount } from '../../../store/commands/refund-route.ts'
import { isId } from '../../../store/ids.ts'
import type { BillView } from '../../bill-view.ts'
import { askToSignIn, leadTo } from '../../http/answers.ts'
import { type Context, fieldsOf } from '../../http/context.ts'
import { holderOf, isOwnFormKey, newFormKey } from '../../http/form-key.ts'
import { type Child, html } from '../../html.ts'
import { sendPage } from '../../parts/layout.ts'
import { backLink, errorSummary, type FieldError } from '../../parts/pieces.ts'
import { refundAccount } from '../../../schemas/refund-account.ts'
import { doOnce, ownBill } from './own-bill.ts'

const FIELDS = ['bank', 'number', 'holder'] as const
type Given = Readonly<Record<(typeof FIELDS)[number], string>>
const EMPTY: Given = { bank: '', number: '', holder: '' }

/** Where the bill's refund that waits for an account is told one; null where none waits. */
const waitingRefund = ({ bill }: BillView): string | null => bill.refunds.find(({ state }) => state === 'awaitingAccount')?.id ?? null

/** On the bill: that something is wanted, and the way to it. Somebody who came by a link has to sign in first. */
export const refundNote = (view: BillView, { text }: Context): Child =>
  waitingRefund(view) !== null &&
  html`<section class="g-note" aria-labelledby="refund-account-title">
    <h2 id="refund-account-title">${text.refund.title}</h2>
    <p>${text.refund.why}</p>
    <p><a class="krds-btn secondary" href="/bills/${view.id}/refund-account">${text.refund.give}</a></p>
  </section>`

/** The form in which a citizen says where a refund may go: only for whom the bill is, signed in. */
export async function refundAccountPage(context: Context): Promise<void> {
  const view = await ownBill(context)
  if (view === null) return askToSignIn(context)
  if (waitingRefund(view) === null) return leadTo(context, `/bills/${view.id}`)
  showForm(context, view, EMPTY, [])
}

/** Takes the account, once, and shows the bill, whose refund goes on. */
export async function giveOwnRefundAccount(context: Context): Promise<void> {
  const { root, visitor, request, now, text } = context
  const view = await ownBill(context)
  if (view === null) return askToSignIn(context)
  const fields = fieldsOf(request)
  const given: Given = {
    bank: fields.one('bank'),
    number: fields.one('number').replace(/\s/g, '').toUpperCase(),
    holder: fields.one('holder'),
  }
  const refundId = waitingRefund(view)
  if (refundId === null || !isId('ref', refundId)) return leadTo(context, `/bills/${view.id}`)
  if (!isOwnFormKey(root.config, visitor, fields.one('key')))
    return showForm(context, view, given, [{ field: 'bank', message: text.refund.expired }])
  const parsed = refundAccount.safeParse(given)
  if (!parsed.success) return showForm(context, view, given, errorsOf(parsed.error, context))
  const account = parsed.data
  try {
    await doOnce(
      context,
      view,
      { route: 'POST /bills/refund-account', words: refundId },
      async (tx) => (await giveRefundAccount(tx, { refundId, account, actor: 'citizen' }, now)).wakes,
    )
  } catch (error) {
    if (!(error instanceof GojiError)) throw error
  }
  leadTo(context, `/bills/${view.id}`)
}

const errorsOf = (error: z.ZodError, { text }: Context): FieldError[] =>
  FIELDS.filter((field) => error.issues.some(({ path }) => path[0] === field)).map((field) => ({
    field,
    message: text.refund.wrong[field],
  }))

function showForm(context: Context, view: BillView, given: Given, errors: readonly FieldError[]): void {
  const { text, root, visitor } = context
  const words = text.refund
  sendPage(context, {
    title: words.title,
    status: errors.length === 0 ? 200 : 422,
    hasError: errors.length > 0,
    path: `/bills/${view.id}/refund-account`,
    main: html`${errorSummary(text, errors)} ${backLink(`/bills/${view.id}`, text.back.bill)}
      <h1>${words.title}</h1>
      <p>${words.why}</p>
      <form class="g-form" method="post" action="/bills/${view.id}/refund-account">
        <input type="hidden" name="key" value="${newFormKey(root.config, holderOf(visitor))}" />
        ${FIELDS.map((field) => textField(field, given[field], errors, context))}
        <p class="g-hint">${words.kept}</p>
        <p class="g-actions"><button class="krds-btn primary xlarge" type="submit">${words.send}</button></p>
      </form>`,
  })
}

function textField(field: (typeof FIELDS)[number], value: string, errors: readonly FieldError[], { text }: Context): Child {
  const wrong = errors.find((error) => error.field === field)
  return html`<div class="form-group">
    <div class="form-tit"><label for="${field}">${text.refund.labels[field]}</label></div>
    <div class="form-conts">
      <input
        class="krds-input"
        id="${field}"
        name="${field}"
        value="${value}"
        autocomplete="off"
        required
        maxlength="120"
        ${wrong && html`aria-invalid="true" aria-describedby="${field}-wrong"`}
      />
    </div>
    ${wrong && html`<p class="form-hint-invalid" id="${field}-wrong">${wrong.message}</p>`}
  </div>`
}
