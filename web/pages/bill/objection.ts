import { letter, LETTER_MAX } from '../../../schemas/text.ts'
import { GojiError } from '../../../domain/errors.ts'
import { decideObjection } from '../../../store/commands/decide-objection.ts'
import { fileObjection } from '../../../store/commands/file-objection.ts'
import { latestObjection } from '../../../store/objections/objection-row.ts'
import type { BillView } from '../../bill-view.ts'
import { askToSignIn, leadTo } from '../../http/answers.ts'
import { type Context, fieldsOf } from '../../http/context.ts'
import { holderOf, isOwnFormKey, newFormKey } from '../../http/form-key.ts'
import { html } from '../../html.ts'
import { sendPage } from '../../parts/layout.ts'
import { backLink, errorSummary } from '../../parts/pieces.ts'
import { mayObject } from './paths.ts'
import { doOnce, ownBill } from './own-bill.ts'

const words = letter(LETTER_MAX)

/** The form in which a citizen says what is wrong with a bill. */
export async function objectionPage(context: Context): Promise<void> {
  const view = await ownBill(context)
  if (view === null) return askToSignIn(context)
  if (!mayObject(view, context.now)) return leadTo(context, `/bills/${view.id}`)
  showForm(context, view, { text: '' })
}

/** Takes what the citizen wrote, once, and shows the bill, whose deadlines are on hold from then on. */
export async function fileOwnObjection(context: Context): Promise<void> {
  const { root, visitor, request, now, text } = context
  const view = await ownBill(context)
  if (view === null) return askToSignIn(context)
  const fields = fieldsOf(request)
  const given = fields.one('text')
  const parsed = words.safeParse(given)
  const problem = !isOwnFormKey(root.config, visitor, fields.one('key'))
    ? text.paths.form.expired
    : given.trim() === ''
      ? text.paths.form.missing
      : parsed.success
        ? undefined
        : text.paths.form.refused
  if (problem !== undefined || !parsed.success) return showForm(context, view, { text: given, problem: problem ?? text.paths.form.refused })
  const objection = { billId: view.id, text: parsed.data, byCitizen: true, receivedAt: now, actor: 'citizen' }
  try {
    await doOnce(
      context,
      view,
      { route: 'POST /bills/objection', words: parsed.data },
      async (tx) => (await fileObjection(tx, objection, now)).wakes,
    )
  } catch (error) {
    if (!(error instanceof GojiError)) throw error
    return leadTo(context, `/bills/${view.id}?said=refused`)
  }
  leadTo(context, `/bills/${view.id}?said=objected`)
}

/** Takes an open objection back. */
export async function withdrawObjection(context: Context): Promise<void> {
  const { root, visitor, request, now } = context
  const view = await ownBill(context)
  if (view === null) return askToSignIn(context)
  const objection = await latestObjection(root.sql, view.id)
  const bill = `/bills/${view.id}`
  if (objection?.state !== 'filed' || !isOwnFormKey(root.config, visitor, fieldsOf(request).one('key')))
    return leadTo(context, `${bill}?said=refused`)
  const decision = { objectionId: objection.id, outcome: 'withdrawn', reason: null, actor: 'citizen' } as const
  try {
    await doOnce(context, view, { route: 'POST /bills/objection/withdraw', words: objection.id }, (tx) =>
      decideObjection(tx, decision, now),
    )
  } catch (error) {
    if (!(error instanceof GojiError)) throw error
    return leadTo(context, `${bill}?said=refused`)
  }
  leadTo(context, `${bill}?said=withdrawn`)
}

function showForm(context: Context, view: BillView, form: { readonly text: string; readonly problem?: string }): void {
  const { text, root, visitor } = context
  const { problem } = form
  const own = text.paths.form
  sendPage(context, {
    title: own.title,
    status: problem === undefined ? 200 : 400,
    hasError: problem !== undefined,
    path: `/bills/${view.id}/objection`,
    main: html`${problem !== undefined && errorSummary(text, [{ field: 'text', message: problem }])}
      ${backLink(`/bills/${view.id}`, text.back.bill)}
      <div class="g-bill-head">
        <p class="g-bill-from">${view.institution} ${view.title}</p>
        <h1>${own.title}</h1>
      </div>
      <p class="g-lead">${own.lead}</p>
      <form method="post" action="/bills/${view.id}/objection" class="g-form" novalidate>
        <input type="hidden" name="key" value="${newFormKey(root.config, holderOf(visitor))}" />
        <div class="g-field ${problem !== undefined && 'g-field-wrong'}">
          <label for="text">${own.label}</label>
          <p class="g-hint" id="text-hint">${own.hint}</p>
          ${problem !== undefined && html`<p class="g-wrong" id="text-error">${problem}</p>`}
          <textarea
            class="krds-input large"
            id="text"
            name="text"
            rows="8"
            maxlength="${LETTER_MAX}"
            required
            aria-describedby="text-hint${problem === undefined ? '' : ' text-error'}"
            ${problem !== undefined && html`aria-invalid="true"`}
          >
${form.text}</textarea>
        </div>
        <p class="g-actions"><button class="krds-btn primary xlarge" type="submit">${own.send}</button></p>
      </form>`,
  })
}
