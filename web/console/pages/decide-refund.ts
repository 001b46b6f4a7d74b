import { GojiError, notFound } from '../../../domain/errors.ts'
import { approveRefund, declineRefund } from '../../../store/commands/decide-refund.ts'
import { isId } from '../../../store/ids.ts'
import { type ListedRefund, readRefund } from '../../../store/refunds/list-refunds.ts'
import { type Child, html } from '../../html.ts'
import { fieldsOf, queryOf } from '../../http/context.ts'
import { backLink, errorSummary, facts, type FieldError } from '../../parts/pieces.ts'
import { type ClerkVisit, formKey, may } from '../context.ts'
import { readReason, reasonField, sureField } from '../fields.ts'
import { pathOf, sendConsole } from '../layout.ts'
import { doOnce } from '../once.ts'
import { instant, money } from '../words.ts'
import { institutionOf } from '../../../store/owner.ts'

const path = pathOf('refunds')

/** @throws GojiError `refund_not_found`, also for another institution's. */
function refundOf({ root, clerk, request }: ClerkVisit): Promise<ListedRefund> {
  const id = String(request.params['id'])
  if (!isId('ref', id)) throw notFound('refund')
  return readRefund(root.sql, clerk.owner, id)
}

/** One refund and, where it waits for a second person, what that person may say. */
export const decisionPage = (visit: ClerkVisit): Promise<void> => showRefund(visit, [])

/** Takes the second person's word, once. */
export async function decideRefund(visit: ClerkVisit): Promise<void> {
  const { clerk, request, response, now, text } = visit
  institutionOf(clerk.key)
  const { id: refundId } = await refundOf(visit)
  const fields = fieldsOf(request)
  const decision = { refundId, actor: `key:${clerk.key.id}` }
  const isDeclined = fields.one('do') === 'decline'
  const reason = readReason(fields.one('reason'))
  if (isDeclined && reason === null) return showRefund(visit, [{ field: 'reason', message: text.form.reasonMissing }])
  if (!isDeclined && fields.one('sure') === '') return showRefund(visit, [{ field: 'sure', message: text.form.sureMissing }])
  try {
    await doOnce(visit, async (tx) => {
      const { wakes } = isDeclined
        ? await declineRefund(tx, { ...decision, reason: reason ?? '' }, now)
        : await approveRefund(tx, decision, now)
      return wakes
    })
  } catch (error) {
    if (!(error instanceof GojiError) || (error.kind !== 'conflict' && error.code !== 'second_person_needed')) throw error
    const message = text.form.refused[error.code] ?? text.form.refusedOther
    return showRefund(visit, [{ field: isDeclined ? 'reason' : 'sure', message }], 409)
  }
  response.redirect(303, `${path}/${refundId}?done`)
}

async function showRefund(visit: ClerkVisit, errors: readonly FieldError[], status = 400): Promise<void> {
  const { text, common, request } = visit
  const row = await refundOf(visit)
  sendConsole(visit, {
    title: text.decision.title,
    section: 'refunds',
    status: errors.length > 0 ? status : 200,
    hasError: errors.length > 0,
    path: `${path}/${row.id}`,
    main: html`${backLink(path, text.back.refunds)} ${errorSummary(common, errors)}
      ${queryOf(request).has('done') && html`<p class="g-note g-note-success" role="status">${text.form.done}</p>`}
      <h1>${text.decision.title}</h1>
      ${facts(factsOf(visit, row))} ${row.state === 'awaitingApproval' && decisions(visit, row, errors)}`,
  })
}

function factsOf(visit: ClerkVisit, row: ListedRefund): (readonly [Child, Child])[] {
  const { text } = visit
  const when = (at: number): Child => html`${instant(visit, 'UTC', at)} UTC`
  return [
    [text.bills.bill, html`<a href="${pathOf('bills')}/${row.bill_id}">${row.bill_id}</a>`],
    [text.bill.amount, money(visit, row.amount_minor, row.currency)],
    [text.bill.state, text.refundState[row.state] ?? row.state],
    ...(row.note === null ? [] : [[text.decision.note, row.note] as const]),
    [text.decision.by, html`${row.requested_by} · ${when(row.requested_at)}`],
    ...(row.decided_by === null || row.decided_at === null
      ? []
      : [[text.decision.decided, html`${row.decided_by} · ${when(row.decided_at)} ${row.decision_note}`] as const]),
  ]
}

function decisions(visit: ClerkVisit, row: ListedRefund, errors: readonly FieldError[]): Child {
  const { text, clerk, request } = visit
  if (row.requested_by === `key:${clerk.key.id}`) return html`<p class="g-note">${text.decision.own}</p>`
  if (clerk.key.institutionId === null || !may(visit, 'refunds:approve')) return html`<p class="g-note">${text.decision.needs}</p>`
  const fields = fieldsOf(request)
  const field = (id: string): { value: string; error: string | null } => ({
    value: fields.one(id),
    error: errors.find((one) => one.field === id)?.message ?? null,
  })
  const form = (id: 'approve' | 'decline', what: string, content: Child): Child =>
    html`<section aria-labelledby="${id}">
      <h2 id="${id}">${text.decision[id]}</h2>
      <p>${what}</p>
      <form method="post" action="${path}/${row.id}" class="g-form" novalidate>
        <input type="hidden" name="key" value="${formKey(visit)}" />
        <input type="hidden" name="do" value="${id}" />
        ${content}
        <p class="g-actions"><button class="krds-btn secondary large" type="submit">${text.decision[id]}</button></p>
      </form>
    </section>`
  return [
    form('approve', text.decision.approveWhat, sureField(visit, field('sure'))),
    form('decline', text.decision.declineWhat, reasonField(visit, field('reason'))),
  ]
}
